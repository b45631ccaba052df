# File systems, swap and mounts.

# Refuses a tool that the install environment lacks, naming what needs it.
need_tool() {
    command -v "$1" >/dev/null || die "$2 needs $1, which this install image does not have"
}

# Notes a line for the target's fstab: file, path, type, options, frequency, pass number, and for
# a comment the device at this time.
add_fstab() {
    if [ "$2" != none ]; then
        printf '# %s was on %s during curtin installation\n' "$2" "$7" >>"$OUTPUT_FSTAB"
    fi
    printf '%s %s %s %s %s %s\n' "$1" "$2" "$3" "$4" "$5" "$6" >>"$OUTPUT_FSTAB"
}

# Prints the name by which the installed system finds a volume whatever its kernel name is.
volume_spec() {
    stack_spec "$1" && return 0
    volume_uuid=$(blkid -p -o value -s UUID "$1") || volume_uuid=''
    if [ -n "$volume_uuid" ]; then
        echo "/dev/disk/by-uuid/$volume_uuid"
        return 0
    fi
    volume_uuid=$(blkid -p -o value -s PART_ENTRY_UUID "$1") || volume_uuid=''
    if [ -n "$volume_uuid" ]; then
        echo "/dev/disk/by-partuuid/$volume_uuid"
        return 0
    fi
    echo "$1"
}

# Prints the pass number of a type: 0 for what has no device.
pass_number() {
    case $1 in
        swap | none) echo 0 ;;
        *) if grep -q "^nodev[[:space:]]$1\$" /proc/filesystems; then echo 0; else echo 1; fi ;;
    esac
}

# Mounts a device or a source below the target: source, path, type (empty for any), options.
mount_below() {
    mkdir -p "$target$2"
    case ,$4, in
        *,bind,* | *,rbind,*) mkdir -p "$1" ;;
    esac
    if [ -n "$3" ]; then
        run mount -t "$3" -o "$4" "$1" "$target$2"
    else
        run mount -o "$4" "$1" "$target$2"
    fi
}

# Prints the size in MiB of a swap file that suits this machine: memory and the free space of the
# target; the limit is in bytes and may be empty. The steps are curtin's.
suggested_swap() {
    swap_memory=$(awk '$1 == "MemTotal:" { print $2 * 1024 }' /proc/meminfo)
    swap_free=$(($(df -P -k "$target" | awk 'END { print $4 }') * 1024))
    gib=1073741824
    if [ -n "$1" ]; then
        swap_limit=$1
        [ "$swap_limit" -le $((swap_free * 9 / 10)) ] || swap_limit=$((swap_free * 9 / 10))
    else
        swap_limit=$((swap_free / 4))
        [ "$swap_limit" -le $((8 * gib)) ] || swap_limit=$((8 * gib))
    fi
    if [ "$swap_memory" -le $gib ]; then
        swap_size=$((swap_memory * 2))
    elif [ "$swap_memory" -le $((2 * gib)) ]; then
        swap_size=$((2 * gib))
    elif [ "$swap_memory" -le $((4 * gib)) ]; then
        swap_size=$swap_memory
    elif [ "$swap_memory" -le $((16 * gib)) ]; then
        swap_size=$((4 * gib))
    elif [ "$swap_memory" -le $((64 * gib)) ]; then
        swap_size=$((swap_memory / 2))
    else
        swap_size=$swap_limit
    fi
    [ "$swap_size" -le "$swap_limit" ] || swap_size=$swap_limit
    if [ "$swap_size" -lt $((swap_memory / 2)) ] && [ "$swap_size" -lt $((4 * gib)) ]; then
        swap_size=0
    fi
    echo $((swap_size / 1048576))
}

# Makes a swap file in the target: path, size in MiB (auto to choose), limit in bytes (may be empty).
make_swap_file() {
    swap_mib=$2
    [ "$swap_mib" != auto ] || swap_mib=$(suggested_swap "$3")
    if [ "$swap_mib" = 0 ]; then
        say "no swap file: too little room on the target for one that would help"
        return 0
    fi
    mkdir -p "$target${1%/*}"
    swap_file_system=$(findmnt -n -o FSTYPE --target "$target${1%/*}")
    case $swap_file_system:$2 in
        zfs:auto)
            say 'no swap file: ZFS cannot hold one'
            return 0
            ;;
    esac
    case $swap_file_system in
        zfs | vfat | ntfs* | jfs | f2fs | tmpfs | ramfs) die "$1: a swap file on $swap_file_system does not work" ;;
    esac
    rm -f "$target$1"
    : >"$target$1"
    chmod 0600 "$target$1"
    if [ "$swap_file_system" = btrfs ]; then run chattr +C "$target$1"; fi
    case $swap_file_system in
        # These have no fallocate.
        ext2 | ext3 | reiserfs) run dd if=/dev/zero "of=$target$1" bs=1M "count=$swap_mib" ;;
        *) run fallocate -l "${swap_mib}M" "$target$1" ;;
    esac
    run mkswap "$target$1"
    printf '%s none swap sw 0 0\n' "$1" >>"$OUTPUT_FSTAB"
}
