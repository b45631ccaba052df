# ZFS: pools, and the file systems in them.

made_pools=''

# Where udev names disks by what they say of themselves.
lasting_links=/dev/disk/by-id

# Makes the kernel know ZFS.
need_zfs() {
    need_tool zpool 'a ZFS pool'
    need_tool zfs 'a ZFS pool'
    [ -e /sys/module/zfs ] || run modprobe zfs ||
        die "the kernel $(uname -r) has no module zfs: boot an image with ZFS"
}

# Prints a name of a device that stays when the kernel finds disks in another order; its node if it has none.
lasting_name() {
    for lasting_link in "$lasting_links"/*; do
        if [ -L "$lasting_link" ] && [ "$(readlink -f "$lasting_link")" = "$1" ]; then
            printf '%s\n' "$lasting_link"
            return 0
        fi
    done
    say "warning: $1 has no name in $lasting_links, and the pool may not find it after each boot" >&2
    printf '%s\n' "$1"
}

# Makes a pool: name, devices. Standard input has an option of zpool create a line, without its dash. What is in the
# pool appears below the target.
make_pool() {
    pool_name=$1
    shift
    need_zfs
    for pool_device; do prepare_member "$pool_device"; done
    udevadm settle --timeout=30 || :
    pool_devices=''
    # udev writes no blank into the names of its links.
    for pool_device; do pool_devices="$pool_devices $(lasting_name "$pool_device")"; done
    set --
    while read -r pool_option pool_value; do
        if [ -n "$pool_value" ]; then set -- "$@" "-$pool_option" "$pool_value"; else set -- "$@" "-$pool_option"; fi
    done
    # shellcheck disable=SC2086 # words, one a device
    run zpool create "$@" -R "$target" "$pool_name" $pool_devices
    # A pool with another root directory is noted nowhere by itself.
    run zpool set cachefile=/etc/zfs/zpool.cache "$pool_name"
    made_pools="$made_pools $pool_name"
    # GRUB's programs ask zpool for a pool's devices, and do not know the directory of such names.
    export ZPOOL_VDEV_NAME_PATH=YES
}

# Makes a file system in a pool: its name. Standard input has a property a line. One that nothing mounts by itself is
# mounted here.
make_dataset() {
    dataset_name=$1 dataset_mount=no
    set --
    while read -r dataset_property; do
        [ "$dataset_property" != canmount=noauto ] || dataset_mount=yes
        set -- "$@" -o "$dataset_property"
    done
    run zfs create "$@" "$dataset_name"
    if [ "$dataset_mount" = yes ]; then run zfs mount "$dataset_name"; fi
}

# Hands the target what tells it of its pools.
write_noted_pools() {
    [ -n "$made_pools" ] || return 0
    run install -D -m 0644 /etc/zfs/zpool.cache "$target/etc/zfs/zpool.cache"
}

# Lets go of the pools that were made, so that the installed system may take them for its own.
export_made_pools() {
    for made_pool in $made_pools; do run zpool export "$made_pool"; done
}

# Lets go of the pools that a device, by its kernel name, or one of its partitions belongs to: they show in no holders.
release_pools() {
    [ -e /sys/module/zfs ] || return 0
    for pooled in "/sys/class/block/$1" "/sys/class/block/$1/$1"*; do
        [ -e "$pooled" ] || continue
        pooled_name=$(blkid -p -o value -s LABEL "/dev/${pooled##*/}" 2>/dev/null) || pooled_name=''
        [ -n "$pooled_name" ] || continue
        if zpool list -H -o name 2>/dev/null | grep -qxF -e "$pooled_name"; then run zpool export -f "$pooled_name"; fi
    done
}
