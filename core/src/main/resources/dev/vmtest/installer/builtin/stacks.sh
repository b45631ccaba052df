# Devices made of other devices: arrays, volume groups, encrypted mappings, bcache.

export LVM_SUPPRESS_FD_WARNINGS=1

# Sets a variable to the device of another one.
use_device() {
    say "$1 is $2"
    eval "$1=\$2"
}

# Makes a device ready to be a member of something: nothing stands on it, no signature is left.
prepare_member() {
    quiet_udev
    release_disk "$1"
    wipe_superblock "$1"
}

# Zeroes a device if the hardware does that without writing every block.
zero_fast() {
    fallocate --punch-hole --offset 0 --length "$(blockdev --getsize64 "$1")" "$1" 2>/dev/null
}

# Makes an array: variable, node, its name (empty for the node's), level, metadata, number of
# spares, then the members and after them the spares.
#
# The home host "any" makes each machine take the array for its own, so that it keeps its node after
# the boot whatever the machine is called then.
make_array() {
    array_variable=$1 array_node=$2 array_name=$3 array_level=$4 array_metadata=$5 array_spares=$6
    shift 6
    array_members=$(($# - array_spares)) array_number=0 array_clean=''
    case $array_level in
        1 | 4 | 5 | 6 | 10) array_clean=yes ;;
    esac
    for member; do
        prepare_member "$member"
        array_number=$((array_number + 1))
        # Members that read as zeros agree with each other and with their parity: no resync is needed.
        if [ -n "$array_clean" ] && [ "$array_number" -le "$array_members" ]; then
            zero_fast "$member" || array_clean=''
        fi
    done
    if [ -n "$array_clean" ]; then set -- --assume-clean "$@"; fi
    if [ "$array_spares" != 0 ]; then set -- "--spare-devices=$array_spares" "$@"; fi
    case $array_metadata in
        # The old format keeps no name.
        0 | 0.9 | 0.90) array_metadata=0.90 ;;
        *) if [ -n "$array_name" ]; then set -- "--name=$array_name" "$@"; fi ;;
    esac
    run mdadm --create "$array_node" --run --homehost=any "--metadata=$array_metadata" \
        "--level=$array_level" "--raid-devices=$array_members" "$@"
    udevadm settle --timeout=30 || :
    await_presence "$array_node" "the array $array_node did not appear"
    found_array=$(readlink -f "$array_node")
    wipe_superblock "$found_array"
    mdadm --detail --brief "$found_array" | grep '^ARRAY' >>"$scratch/mdadm.conf"
    say "$array_variable is $found_array"
    eval "$array_variable=\$found_array"
}

# Makes a volume group: name, then its devices.
make_volume_group() {
    group_name=$1
    shift
    for member; do prepare_member "$member"; done
    run vgcreate --yes --zero y "$group_name" "$@"
}

# Gives a volume group another id. LVM takes one only from a backup of the group's metadata.
set_group_id() {
    run vgcfgbackup --file "$work/group" "$1"
    say "+ set the id of $1 to $2"
    sed -i "/^$1 {/,/id = /s/id = \".*\"/id = \"$2\"/" "$work/group"
    run vgcfgrestore --file "$work/group" "$1"
}

# Makes a logical volume: variable, group, name, bytes (empty for all that remains).
make_logical_volume() {
    if [ -n "$4" ]; then set -- "$1" "$2" "$3" --size "${4}B"; else set -- "$1" "$2" "$3" --extents 100%FREE; fi
    run lvcreate --yes --zero y --wipesignatures y --name "$3" "$4" "$5" "$2"
    find_logical_volume "$1" "$2" "$3"
}

# Sets a variable to the node of a logical volume. The device mapper doubles the dashes of names.
find_logical_volume() {
    found_volume=/dev/mapper/$(printf '%s\n' "$2" | sed 's/-/--/g')-$(printf '%s\n' "$3" | sed 's/-/--/g')
    await_presence "$found_volume" "the volume $found_volume did not appear"
    eval "$1=\$found_volume"
}

# Notes a line for the target's crypttab.
note_crypttab() {
    printf '%s %s %s %s\n' "$1" "$2" "$3" "$4" >>"$scratch/crypttab"
}

# Encrypts a device and opens it: variable, mapping, device, file with the key, options of
# crypttab, file with a second key or nothing, options of cryptsetup.
make_encrypted() {
    [ -r "$4" ] || die "there is no key file $4 in the install environment"
    [ -z "$6" ] || [ -r "$6" ] || die "there is no recovery key file $6 in the install environment"
    prepare_member "$3"
    encrypted_mapping=$2 encrypted_device=$3 encrypted_key=$4 encrypted_options=$5 encrypted_recovery=$6
    eval "$1=/dev/mapper/\$2"
    shift 6
    run cryptsetup --batch-mode --key-file "$encrypted_key" "$@" luksFormat "$encrypted_device"
    if [ -n "$encrypted_recovery" ]; then
        run cryptsetup --batch-mode --key-file "$encrypted_key" luksAddKey "$encrypted_device" "$encrypted_recovery"
    fi
    run cryptsetup --key-file "$encrypted_key" open "$encrypted_device" "$encrypted_mapping"
    rm -f "$work/secret"
    note_crypttab "$encrypted_mapping" "UUID=$(cryptsetup luksUUID "$encrypted_device")" none "$encrypted_options"
}

# Opens a device with a new random key, as each boot will: variable, mapping, device, the source of
# randomness, options of crypttab.
make_random_mapping() {
    prepare_member "$3"
    note_crypttab "$2" "$(device_spec "$3")" "$4" "$5"
    random_mapping=$2 random_device=$3 random_source=$4 random_options=$5
    eval "$1=/dev/mapper/\$2"
    set --
    for random_word in cipher size hash; do
        random_value=$(printf '%s\n' "$random_options" | tr ',' '\n' | sed -n "s/^$random_word=//p")
        [ -n "$random_value" ] || continue
        case $random_word in
            size) random_word=key-size ;;
        esac
        set -- "$@" "--$random_word=$random_value"
    done
    run cryptsetup open --type plain "--key-file=$random_source" "$@" "$random_device" "$random_mapping"
}

# Tells the kernel of a bcache device, unless udev was quicker.
register_bcache() {
    set_kernel_name "$1"
    [ -d /sys/fs/bcache ] || run modprobe bcache
    if [ ! -e "/sys/class/block/$kernel_name/bcache" ]; then
        echo "/dev/$kernel_name" >/sys/fs/bcache/register || [ -e "/sys/class/block/$kernel_name/bcache" ]
    fi
}

# Makes a cache.
make_cache() {
    prepare_member "$1"
    run make-bcache -C "$1"
    register_bcache "$1"
    await_presence "/sys/class/block/$kernel_name/bcache/set" "the kernel does not accept the cache $1"
}

# Makes a backing device: variable, device, cache (empty for none), mode (empty for the default).
make_bcache_device() {
    prepare_member "$2"
    run make-bcache -B "$2"
    register_bcache "$2"
    bcache_control=/sys/class/block/$kernel_name/bcache
    await_presence "$bcache_control/dev" "the kernel does not accept the backing device $2"
    found_bcache=$(readlink -f "$bcache_control/dev")
    found_bcache=/dev/${found_bcache##*/}
    await_presence "$found_bcache" "$found_bcache did not appear"
    if [ -n "$3" ]; then
        set_kernel_name "$3"
        bcache_set=$(readlink -f "/sys/class/block/$kernel_name/bcache/set")
        say "+ attach $found_bcache to cache set ${bcache_set##*/}"
        echo "${bcache_set##*/}" >"$bcache_control/attach"
    fi
    if [ -n "$4" ]; then
        say "+ set the cache mode of $found_bcache to $4"
        echo "$4" >"$bcache_control/cache_mode"
    fi
    say "$1 is $found_bcache"
    eval "$1=\$found_bcache"
}

# Prints the name by which the installed system finds an array or a mapping; fails for any other
# device. (The links in /dev/bcache/by-uuid come and go: the kernel tells the UUID in one event only.)
stack_spec() {
    set_kernel_name "$1"
    stack_part='' stack_whole=$kernel_name
    if [ -e "/sys/class/block/$kernel_name/partition" ]; then
        stack_part=-part$(cat "/sys/class/block/$kernel_name/partition")
        stack_whole=$(readlink -f "/sys/class/block/$kernel_name/..")
        stack_whole=${stack_whole##*/}
    fi
    case $stack_whole in
        dm-*)
            stack_uuid=$(cat "/sys/class/block/$stack_whole/dm/uuid")
            case $stack_uuid in
                # A mapping has the name that crypttab gives it.
                CRYPT-*) echo "/dev/mapper/$(cat "/sys/class/block/$stack_whole/dm/name")" ;;
                *) echo "/dev/disk/by-id/dm-uuid-$stack_uuid" ;;
            esac
            ;;
        md*)
            echo "/dev/disk/by-id/md-uuid-$(mdadm --detail --export "/dev/$stack_whole" | sed -n 's/^MD_UUID=//p')$stack_part"
            ;;
        *) return 1 ;;
    esac
}

# Prints the UUID of a bcache device: that of its backing device's superblock.
bcache_uuid() {
    bcache_backing=$(readlink -f "/sys/class/block/$1/bcache")
    bcache_backing=${bcache_backing%/bcache}
    bcache-super-show "/dev/${bcache_backing##*/}" | awk '$1 == "dev.uuid" { print $2 }'
}

# Prints a name of a device that does not depend on what the device holds.
device_spec() {
    stack_spec "$1" && return 0
    device_uuid=$(blkid -p -o value -s PART_ENTRY_UUID "$1") || device_uuid=''
    if [ -n "$device_uuid" ]; then
        echo "/dev/disk/by-partuuid/$device_uuid"
        return 0
    fi
    udevadm info --query=symlink "--name=$1" | tr ' ' '\n' | sed -n 's,^disk/by-id/,/dev/&,p' | sort | head -n 1 |
        grep . || echo "$1"
}

# Writes udev rules that name a device in /dev/disk/by-dname: name, match, and with "parts" as the
# third word its partitions too.
write_name_rules() {
    {
        echo "# Names the device '$1'."
        echo "SUBSYSTEM==\"block\", ACTION==\"add|change\", ENV{DEVTYPE}==\"disk\", $2, SYMLINK+=\"disk/by-dname/$1\""
        if [ "$3" = parts ]; then
            echo "SUBSYSTEM==\"block\", ACTION==\"add|change\", ENV{DEVTYPE}==\"partition\", $4, SYMLINK+=\"disk/by-dname/$1-part%n\""
        fi
    } >"$scratch/rules.d/$1.rules"
}

# Names an array and its partitions.
name_array() {
    name_uuid=$(mdadm --detail --export "$1" | sed -n 's/^MD_UUID=//p')
    write_name_rules "$2" "ENV{MD_UUID}==\"$name_uuid\"" parts "ENV{MD_UUID}==\"$name_uuid\""
}

# Names a logical volume.
name_volume() {
    write_name_rules "$2" "ENV{DM_NAME}==\"${1##*/}\"" ''
}

# Names a bcache device and its partitions by the UUID of its backing device. The kernel's file
# serves every event; the variable with the UUID comes only with the first one.
name_bcache() {
    set_kernel_name "$1"
    name_uuid=$(bcache_uuid "$kernel_name")
    # The backing device shows the same file.
    write_name_rules "$2" "KERNEL==\"bcache*\", ATTR{bcache/backing_dev_uuid}==\"$name_uuid\"" parts \
        "KERNEL==\"bcache*\", ATTRS{bcache/backing_dev_uuid}==\"$name_uuid\""
}
