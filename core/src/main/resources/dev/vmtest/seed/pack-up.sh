#!/bin/sh
# Write the collected files as a tar over the raw output disk. The nonce is the last member, so a tar
# that was cut off has none. The words between @ are filled in by FirstBootSeed.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
disk='@output_disk@'
collected='@collect_directory@'
own=$(mktemp -d) || exit 1

# The console is where a run looks when the disk says nothing.
complain() {
    echo "@console_prefix@ $*"
    echo "@console_prefix@ $*" >/dev/console
}

fail() {
    complain "$@"
    echo "$@" >"$own/@error_file@"
    tar -cf "$disk" -C "$own" '@error_file@'
    sync
    exit 1
}

udevadm settle --timeout=30
if [ ! -b "$disk" ]; then
    complain "there is no output disk $disk"
    exit 1
fi
mkdir -p "$collected"
echo '@nonce@' >"$own/@nonce_file@"
# A write beyond the end of the disk fails here at the latest, not silently.
tar -cf "$disk" -C "$collected" . -C "$own" '@nonce_file@' 2>"$own/messages"
status=$?
# A file that changed while it was read gives status 1, which is no loss.
if [ "$status" -gt 1 ]; then
    needed=$(du -sk "$collected" | cut -f 1)
    bytes=$(blockdev --getsize64 "$disk")
    fail "packing $needed KiB onto a disk of $bytes bytes failed with status $status: $(head -n 1 "$own/messages")"
fi
sync "$disk" || fail "the output disk did not take the data"
rm -r "$own"
echo '@collected@' >/dev/console
