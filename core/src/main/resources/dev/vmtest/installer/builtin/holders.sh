# What stands on a device: finding it and taking it down, top first, so that the device can be
# wiped. Devices are kernel names here, as /sys has them.

# Keeps udev from assembling, activating and registering again what the plan takes down or makes.
# The rules are masked in /run, so the target has them.
quiet_udev() {
    [ "${udev_is_quiet:-no}" = no ] || return 0
    mkdir -p /run/udev/rules.d
    for quiet_rule in 64-md-raid-assembly 69-lvm 69-bcache; do
        ln -sf /dev/null "/run/udev/rules.d/$quiet_rule.rules"
    done
    udevadm control --reload
    udevadm settle --timeout=30 || :
    udev_is_quiet=yes
}

# Sets kernel_name to the name of a device node, whatever link leads to it.
set_kernel_name() {
    kernel_name=$1
    if [ -L "$kernel_name" ]; then kernel_name=$(readlink -f "$kernel_name"); fi
    kernel_name=${kernel_name##*/}
}

# Takes off mounts and swap of a device and of its partitions.
take_off_mounts() {
    for mounted in "/sys/class/block/$1" "/sys/class/block/$1/$1"*; do
        [ -e "$mounted" ] || continue
        mounted=/dev/${mounted##*/}
        while umount "$mounted" 2>/dev/null; do say "+ umount $mounted"; done
        if grep -q "^$mounted " /proc/swaps; then run swapoff "$mounted"; fi
    done
}

# Takes down everything that stands on a device or its partitions, but not the device.
take_down() {
    for taken in "/sys/class/block/$1/holders/"* "/sys/class/block/$1/$1"*/holders/*; do
        # An array with two members here is gone when the second one is looked at.
        [ -e "$taken" ] || continue
        # What bcache holds is stopped below, by its cache set or its backing device.
        case ${taken##*/} in
            bcache*) continue ;;
        esac
        quiet_udev
        stop_stack "${taken##*/}"
    done
    for taken in "/sys/class/block/$1/bcache" "/sys/class/block/$1/$1"*/bcache; do
        # /sys/block/bcache0/bcache leads back to the backing device.
        case $taken in
            /sys/class/block/bcache*) continue ;;
        esac
        [ -e "$taken" ] || continue
        quiet_udev
        taken=${taken%/bcache}
        stop_bcache "${taken##*/}"
    done
    take_off_mounts "$1"
    release_pools "$1"
}

# Takes down a mapping or an array after all that stands on it.
stop_stack() {
    take_down "$1"
    if [ -e "/sys/class/block/$1/dm/name" ]; then
        run dmsetup remove --retry "$(cat "/sys/class/block/$1/dm/name")"
    elif [ -d "/sys/class/block/$1/md" ]; then
        # A resync in progress keeps an array busy.
        echo idle 2>/dev/null >"/sys/class/block/$1/md/sync_action" || :
        run mdadm --stop "/dev/$1"
    elif [ -e "/sys/class/block/$1" ]; then
        die "$1 is in use, and the installer can't take it down"
    fi
}

# Stops the bcache devices that a backing or a cache device serves.
stop_bcache() {
    set -- "$1" "/sys/class/block/$1/bcache"
    if [ -e "$2/set" ]; then
        for backed in "$2/set/"bdev*; do
            [ -e "$backed/dev" ] || continue
            backed=$(readlink -f "$backed/dev")
            take_down "${backed##*/}"
        done
        say "+ stop the bcache set of $1"
        echo 1 >"$2/set/stop"
    else
        if [ -e "$2/dev" ]; then
            backed=$(readlink -f "$2/dev")
            take_down "${backed##*/}"
        fi
        say "+ stop the bcache device on $1"
        echo 1 >"$2/stop"
    fi
    await_absence "$2" "bcache does not let go of $1"
}

# Waits until a path is gone; the second text is what it means if it stays.
await_absence() {
    absence_tries=0
    while [ -e "$1" ]; do
        absence_tries=$((absence_tries + 1))
        [ "$absence_tries" -lt 200 ] || die "$2"
        sleep 0.1
    done
}

# Waits until a path is there; the second text is what it means if it does not come.
await_presence() {
    presence_tries=0
    until [ -e "$1" ]; do
        presence_tries=$((presence_tries + 1))
        [ "$presence_tries" -lt 200 ] || die "$2"
        sleep 0.1
    done
}

# Frees a device for wiping or for a new use.
release_disk() {
    set_kernel_name "$1"
    take_down "$kernel_name"
}
