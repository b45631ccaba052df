#!/bin/sh
# Offers a login on the screen and on each console of the kernel, and lets the power button power off.
# Install environments that are made for a short boot start nothing of that by themselves; where it
# is there already, nothing happens. Runs as the first thing of cloud-init, so a person can look on
# while the installer works.
command -v systemctl >/dev/null || exit 0
read -r active </sys/class/tty/console/active
modprobe --all --quiet button evdev
units="systemd-user-sessions.service systemd-logind.service"
# shellcheck disable=SC2086 # these are words
for tty in tty1 $active; do
    case $tty in
    tty[1-9]*) unit=getty@$tty.service ;;
    tty0) continue ;;
    *) unit=serial-getty@$tty.service ;;
    esac
    [ -e "/sys/class/tty/$tty" ] || continue
    units="$units $unit"
    # The unit waits for udev to know the device.
    udevadm trigger --action=add --subsystem-match=tty --sysname-match="$tty"
done
udevadm trigger --action=add --subsystem-match=acpi --subsystem-match=input
# shellcheck disable=SC2086
systemctl --no-block start $units
exit 0
