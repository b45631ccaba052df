# What the configuration preserves: finding it, and refusing to go on if it is not what was said.

# Refuses a table of another kind: device, kind.
verify_table() {
    verify_found=$(blkid -p -o value -s PTTYPE "$1" 2>/dev/null) || verify_found=''
    [ "$verify_found" = "$2" ] || die "$1 should have a partition table of type $2, but has ${verify_found:-none}"
}

# Prints the type of a partition as the plan writes types: msdos types without 0x, all in upper case.
partition_type() {
    blkid -p -o value -s PART_ENTRY_TYPE "$1" | sed 's/^0x//' | tr 'a-f' 'A-F'
}

# Refuses a partition that is not where it should be: partition, bytes, first byte (empty for any),
# type (empty for any).
verify_partition() {
    set_kernel_name "$1"
    verify_size=$(($(cat "/sys/class/block/$kernel_name/size") * 512))
    # An extended partition shows only its first sectors.
    if [ "$4" != 5 ] && [ "$verify_size" != "$2" ]; then
        die "$1 should have $2 bytes, but has $verify_size"
    fi
    # A partition of a map is a map itself, with its place in its table.
    if [ -e "/sys/class/block/$kernel_name/dm" ]; then
        verify_start=$(($(dmsetup table "$(cat "/sys/class/block/$kernel_name/dm/name")" | awk '{ print $5 }') * 512))
    else
        verify_start=$(($(cat "/sys/class/block/$kernel_name/start") * 512))
    fi
    if [ -n "$3" ] && [ "$verify_start" != "$3" ]; then
        die "$1 should begin at byte $3, but begins at $verify_start"
    fi
    if [ -n "$4" ]; then
        verify_type=$(partition_type "$1")
        [ "$verify_type" = "$(printf '%s\n' "$4" | tr 'a-f' 'A-F')" ] ||
            die "$1 should be of type $4, but is of type $verify_type"
    fi
}

# Removes the partitions that a table has beside those with the given numbers: device, numbers.
remove_other_partitions() {
    set_kernel_name "$1"
    for other in "/sys/class/block/$kernel_name/$kernel_name"*/partition; do
        [ -e "$other" ] || continue
        read -r other_number <"$other"
        case " $2 " in
            *" $other_number "*) continue ;;
        esac
        other=${other%/partition}
        release_disk "/dev/${other##*/}"
        wipe_superblock "/dev/${other##*/}"
        run sfdisk --lock=yes --quiet --delete "$1" "$other_number"
        set_kernel_name "$1"
    done
}

# Refuses a volume that does not hold the file system which is to be kept: device, type.
verify_file_system() {
    verify_found=$(blkid -p -o value -s TYPE "$1" 2>/dev/null) || verify_found=''
    [ "$verify_found" = "$2" ] || die "$1 should hold $2, but holds ${verify_found:-nothing}"
}

# Assembles an array that exists: variable, node, level, number of spares, then its members and
# spares.
find_array() {
    array_variable=$1 array_node=$2 array_level=$3 array_spares=$4
    shift 4
    quiet_udev
    set_kernel_name "$1"
    found_array=''
    for holder in "/sys/class/block/$kernel_name/holders/"md*; do
        [ ! -e "$holder" ] || found_array=/dev/${holder##*/}
    done
    if [ -z "$found_array" ]; then
        run mdadm --assemble --run "$array_node" "$@"
        udevadm settle --timeout=30 || :
        await_presence "$array_node" "the array $array_node did not appear"
        found_array=$(readlink -f "$array_node")
    fi
    set_kernel_name "$found_array"
    found_level=$(cat "/sys/class/block/$kernel_name/md/level")
    [ "$found_level" = "raid$array_level" ] || [ "$found_level" = "$array_level" ] ||
        die "$found_array should be raid$array_level, but is $found_level"
    found_disks=$(cat "/sys/class/block/$kernel_name/md/raid_disks")
    [ "$found_disks" = $(($# - array_spares)) ] ||
        die "$found_array should have $(($# - array_spares)) members, but has $found_disks"
    for member; do
        set_kernel_name "$member"
        [ -e "/sys/class/block/$kernel_name/holders/${found_array##*/}" ] || die "$member is no member of $found_array"
    done
    mdadm --detail --brief "$found_array" | grep '^ARRAY' >>"$scratch/mdadm.conf"
    say "$array_variable is $found_array"
    eval "$array_variable=\$found_array"
}

# Activates a volume group that exists: name, then its devices.
find_volume_group() {
    group_name=$1
    shift
    quiet_udev
    run vgchange --activate y "$group_name"
    for member; do
        [ "$(pvs --noheadings -o vg_name "$member" | tr -d ' ')" = "$group_name" ] ||
            die "$member does not belong to the volume group $group_name"
    done
    group_members=$(vgs --noheadings -o pv_count "$group_name" | tr -d ' ')
    [ "$group_members" = $# ] || die "the volume group $group_name should have $# devices, but has $group_members"
}

# Refuses a logical volume of another size: device, bytes.
verify_volume_size() {
    verify_size=$(blockdev --getsize64 "$1")
    [ "$verify_size" = "$2" ] || die "$1 should have $2 bytes, but has $verify_size"
}

# Opens an encrypted device that exists: variable, mapping, device, file with the key, options of
# crypttab.
find_encrypted() {
    quiet_udev
    [ -e "/dev/mapper/$2" ] || run cryptsetup --key-file "$4" open "$3" "$2"
    rm -f "$work/secret"
    note_crypttab "$2" "UUID=$(cryptsetup luksUUID "$3")" none "$5"
    eval "$1=/dev/mapper/\$2"
}

# Starts a bcache device that exists: variable, backing device, cache (empty for none).
find_bcache_device() {
    quiet_udev
    if [ -n "$3" ]; then
        register_bcache "$3"
        await_presence "/sys/class/block/$kernel_name/bcache/set" "$3 is no bcache cache"
        bcache_set=$(readlink -f "/sys/class/block/$kernel_name/bcache/set")
    fi
    register_bcache "$2"
    await_presence "/sys/class/block/$kernel_name/bcache/dev" "$2 is no bcache backing device"
    if [ -n "$3" ]; then
        bcache_found=$(readlink -f "/sys/class/block/$kernel_name/bcache/cache") || bcache_found=''
        [ "$bcache_found" = "$bcache_set" ] || die "$2 is not cached by $3"
    fi
    found_bcache=$(readlink -f "/sys/class/block/$kernel_name/bcache/dev")
    found_bcache=/dev/${found_bcache##*/}
    say "$1 is $found_bcache"
    eval "$1=\$found_bcache"
}

# Gives a file system the size that its partition gets: partition, bytes. Where there is none, there is
# nothing to do.
resize_file_system() {
    resized_type=$(blkid -p -o value -s TYPE "$1") || resized_type=''
    case $resized_type in
        '') ;;
        ext2 | ext3 | ext4)
            # Exit status 1 says that errors were corrected.
            resized_status=0
            run e2fsck -p -f "$1" || resized_status=$?
            [ "$resized_status" -le 1 ] || die "the $resized_type of $1 has errors (exit status $resized_status)"
            run resize2fs "$1" "$(($2 / 1024))k"
            ;;
        ntfs)
            need_tool ntfsresize "resizing the ntfs of $1"
            echo y | run ntfsresize --no-progress-bar --force --size "$2" "$1"
            ;;
        *) die "$1 holds $resized_type, which can't be resized" ;;
    esac
}

# Gives partitions of a table that is kept other sizes, each in its place: device. Standard input has
# a line for each: number, bytes, first byte (- for any), and whether its content is kept (keep or
# drop). What becomes smaller comes first, for what becomes larger may need the room.
resize_partitions() {
    cat >"$work/resize"
    resize_partition=''
    resize_sector=$(blockdev --getss "$1")
    for resize_way in shrink grow; do
        while read -r resize_number resize_bytes resize_offset resize_content <&3; do
            find_partition resize_partition "$1" "$resize_number"
            set_kernel_name "$resize_partition"
            resize_old=$(($(cat "/sys/class/block/$kernel_name/size") * 512))
            resize_start=$(($(cat "/sys/class/block/$kernel_name/start") * 512))
            if [ "$resize_offset" != - ] && [ "$resize_start" != "$resize_offset" ]; then
                die "$resize_partition should begin at byte $resize_offset, but begins at $resize_start"
            fi
            release_disk "$resize_partition"
            if [ "$resize_way" = shrink ] && [ "$resize_bytes" -lt "$resize_old" ]; then
                [ "$resize_content" = drop ] || resize_file_system "$resize_partition" "$resize_bytes"
                set_partition_size "$1"
            elif [ "$resize_way" = grow ] && [ "$resize_bytes" -gt "$resize_old" ]; then
                set_partition_size "$1"
                [ "$resize_content" = drop ] || resize_file_system "$resize_partition" "$resize_bytes"
            fi
        done 3<"$work/resize"
    done
}

# Writes the size of the partition that resize_number names; sfdisk keeps everything else of it, and
# refuses to reach into another one.
set_partition_size() {
    say "resizing $resize_partition from $resize_old to $resize_bytes bytes"
    echo "start=$((resize_start / resize_sector)), size=$((resize_bytes / resize_sector))" |
        run sfdisk --lock=yes --no-tell-kernel --wipe never --wipe-partitions never --quiet --partno "$resize_number" "$1"
    reread_table "$1"
    find_partition resize_partition "$1" "$resize_number"
}
