#!/bin/sh
# Run a command while an image's file systems are mounted at $MOUNTPOINT.
#
# Arguments: a scratch directory that holds the script "mount", command...
# The exit status is the command's. When there is no mount, the file "failed" says so in the
# scratch directory, and "mount.log" says why; "missing" names a program that is not installed. Both children end with this shell, however it ends.

scratch=$1
shift
MOUNTPOINT=$scratch/mountpoint
export MOUNTPOINT
for program in guestmount guestunmount; do
    command -v "$program" >/dev/null || { echo "$program" >"$scratch/missing"; exit 125; }
done
mkdir "$MOUNTPOINT" && mkfifo "$scratch/ready" || exit 125

# Ctrl-C is for the command; the mount has to outlive it by the time of an unmount.
setsid setpriv --pdeathsig TERM sh "$scratch/mount" \
    3>"$scratch/ready" >"$scratch/mount.log" 2>&1 </dev/null &
mount=$!
if [ "$(head -c 1 <"$scratch/ready" | wc -c)" != 1 ]; then
    : >"$scratch/failed"
    exit 125
fi

trap : INT TERM
setpriv --pdeathsig TERM "$@"
status=$?
if ! guestunmount --quiet "$MOUNTPOINT"; then
    echo "vmtest: $MOUNTPOINT is in use, so the image may lack what was written to it" >&2
    kill "$mount"
    status=125
fi
# What was written is in the image only when this process is gone.
wait "$mount"
exit "$status"
