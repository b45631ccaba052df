# Disks and partitions: finding them by what the YAML says, clearing and partitioning them.

# Says whether a block device of /sys/block has a serial or wwn. No process is started for what the
# kernel shows as text.
has_identity() {
    for identity_file in "$1/serial" "$1/device/serial" "$1/wwid" "$1/device/wwid"; do
        identity=''
        if [ -r "$identity_file" ]; then
            { read -r identity <"$identity_file"; } 2>/dev/null || :
        fi
        # naa.5000c500… is the kernel's form of wwn 0x5000c500…
        case $identity in
            '') continue ;;
            naa.*) identity=0x${identity#naa.} ;;
        esac
        [ "$identity" != "$2" ] || return 0
        # virtio-blk carries 20 bytes of a serial.
        if [ "${#identity}" = 20 ] && [ "$identity_file" = "$1/serial" ]; then
            case $2 in
                "$identity"*) return 0 ;;
            esac
        fi
    done
    [ -r "$1/device/vpd_pg80" ] || return 1
    [ "$(tail -c +5 "$1/device/vpd_pg80" 2>/dev/null | tr -d '\000' | awk '{ gsub(/^ +| +$/, ""); print }')" = "$2" ]
}

# Prints what udev knows a block device by, one a line.
disk_udev_identities() {
    udevadm info --query=property "--name=$1" 2>/dev/null |
        sed -n -E 's/^(ID_SERIAL|ID_SERIAL_SHORT|ID_SCSI_SERIAL|ID_WWN|ID_WWN_WITH_EXTENSION|DM_UUID|DM_SERIAL)=//p'
}

is_candidate_disk() {
    case ${1##*/} in
        loop* | ram* | zram* | sr* | fd* | dm-* | md* | bcache* | '*') return 1 ;;
    esac
    # One path of an NVMe subsystem with several, such as nvme0c0n1: it shows the disk's identity, and has no node.
    if [ -r "$1/hidden" ]; then
        read -r candidate_hidden <"$1/hidden"
        [ "$candidate_hidden" = 0 ] || return 1
    fi
    read -r candidate_size <"$1/size" && [ "$candidate_size" != 0 ]
}

# Sets found_disk to the device whose serial or wwn is the given text.
match_disk() {
    found_disk=''
    for disk_directory in /sys/block/*; do
        if is_candidate_disk "$disk_directory" && has_identity "$disk_directory" "$1"; then
            found_disk=/dev/${disk_directory##*/}
            return 0
        fi
    done
    # udev may know more than the kernel, such as the model that precedes the serial.
    for disk_directory in /sys/block/*; do
        if is_candidate_disk "$disk_directory" &&
            disk_udev_identities "/dev/${disk_directory##*/}" | grep -qxF -e "$1"; then
            found_disk=/dev/${disk_directory##*/}
            return 0
        fi
    done
    return 1
}

describe_disks() {
    lsblk -dn -o NAME,SIZE,SERIAL,WWN 2>/dev/null || cat /proc/partitions
}

# Sets a variable to the disk with a serial, a wwn or a path; waits for it for disk_wait seconds.
find_disk() {
    disk_deadline=''
    while :; do
        case $2 in
            path) if [ -b "$3" ]; then found_disk=$(readlink -f "$3"); else found_disk=''; fi ;;
            *) match_disk "$3" || : ;;
        esac
        [ -z "$found_disk" ] || break
        [ -n "$disk_deadline" ] || disk_deadline=$(($(date +%s) + disk_wait))
        if [ "$(date +%s)" -ge "$disk_deadline" ]; then
            say "the disks of this machine (name, size, serial, wwn):"
            describe_disks
            die "no disk with $2 '$3' appeared within $disk_wait s"
        fi
        sleep 0.2
    done
    say "$1 is $found_disk ($2 '$3')"
    eval "$1=\$found_disk"
}

# Clears the places of old signatures: the first and the last MiB.
wipe_superblock() {
    wipe_mib=$(($(blockdev --getsize64 "$1") / 1048576))
    run wipefs --all --force --quiet "$1"
    if [ "$wipe_mib" -lt 2 ]; then
        dd if=/dev/zero "of=$1" bs=512 "count=$(($(blockdev --getsize64 "$1") / 512))" conv=fsync 2>/dev/null
        return 0
    fi
    dd if=/dev/zero "of=$1" bs=1M count=1 conv=notrunc 2>/dev/null
    dd if=/dev/zero "of=$1" bs=1M count=1 "seek=$((wipe_mib - 1))" conv=notrunc,fsync 2>/dev/null
}

# Wipes a device: superblock, superblock-recursive, zero, random or pvremove.
wipe_device() {
    case $2 in
        superblock) wipe_superblock "$1" ;;
        superblock-recursive)
            lsblk -nr -o NAME "$1" | tac | while read -r wiped; do wipe_superblock "/dev/$wiped"; done
            ;;
        zero) run blkdiscard --zeroout --force "$1" ;;
        random)
            say "+ write random data over $1"
            head -c "$(blockdev --getsize64 "$1")" /dev/urandom | dd "of=$1" bs=1M iflag=fullblock conv=fsync 2>/dev/null
            ;;
        pvremove) run pvremove --force --force --yes "$1" ;;
    esac
}

# Writes a partition table. Standard input holds one line a partition: number, start and size in
# bytes, then sfdisk's other fields. Bytes become sectors here, because only the disk knows how
# large its sectors are.
partition_disk() {
    sector=$(blockdev --getss "$1") disk_bytes=$(blockdev --getsize64 "$1")
    release_disk "$1"
    {
        echo "label: $2"
        while read -r part_number part_start part_size part_fields; do
            [ -n "$part_number" ] || continue
            if [ $((part_start + part_size)) -gt "$disk_bytes" ]; then
                failure="partition $part_number ends at byte $((part_start + part_size)), but $1 has $disk_bytes bytes"
                echo "error: $failure" >&2
                exit 1
            fi
            if [ $((part_size % sector)) -ne 0 ]; then
                echo "partition $part_number: $part_size bytes are cut to full sectors of $sector bytes" >&2
            fi
            case $part_fields in
                # The extended partition's first sector holds the chain of logical ones: sfdisk writes it.
                type=5 | type=5,*) ;;
                *)
                    dd if=/dev/zero "of=$1" bs=512 "seek=$((part_start / 512))" \
                        "count=$(((part_size < 1048576 ? part_size : 1048576) / 512))" conv=notrunc 2>/dev/null
                    ;;
            esac
            printf '%s : start=%s, size=%s, %s\n' \
                "$part_number" $((part_start / sector)) $((part_size / sector)) "$part_fields"
        done
    } >"$work/sfdisk"
    sed 's/^/  sfdisk: /' "$work/sfdisk"
    run sfdisk --lock=yes --wipe always --wipe-partitions always --no-tell-kernel --quiet "$1" <"$work/sfdisk"
    reread_table "$1"
}

# Makes the kernel read a new table; udev may hold the disk for a moment after a write.
reread_table() {
    set_kernel_name "$1"
    if [ -e "/sys/class/block/$kernel_name/dm" ]; then
        map_partitions "$1"
        return 0
    fi
    reread_tries=0
    until blockdev --rereadpt "$1" 2>/dev/null; do
        reread_tries=$((reread_tries + 1))
        [ "$reread_tries" -lt 100 ] || die "$1 is busy: the kernel does not read its new partition table"
        udevadm settle --timeout=5 || :
        sleep 0.1
    done
}

# Sets a variable to the device of a partition once its node is there.
find_partition() {
    case $2 in
        /dev/mapper/*) found_partition=$2-part$3 ;;
        *[0-9]) found_partition=$2p$3 ;;
        *) found_partition=$2$3 ;;
    esac
    partition_tries=0
    until [ -b "$found_partition" ]; do
        partition_tries=$((partition_tries + 1))
        [ "$partition_tries" -lt 100 ] || die "$found_partition did not appear"
        sleep 0.1
    done
    eval "$1=\$found_partition"
}

# Prints udev match keys for the identities of a disk, as udev sees it.
udev_identity_rules() {
    udevadm info --query=property "--name=$1" |
        sed -n -E 's/^(DM_UUID|ID_WWN_WITH_EXTENSION|ID_WWN|ID_SERIAL|ID_SERIAL_SHORT)=([^"]+)$/ENV{\1}=="\2"/p' |
        sort | paste -sd, - | sed 's/,/, /g'
}

# Writes the udev rules that name a disk and its partitions in /dev/disk/by-dname.
name_disk() {
    set_kernel_name "$1"
    if [ -e "/sys/class/block/$kernel_name/dm" ]; then
        name_map "$kernel_name" "$2"
        return 0
    fi
    name_identities=$(udev_identity_rules "$1")
    name_table=$(blkid -p -o value -s PTUUID "$1" 2>/dev/null) || name_table=''
    if [ -z "$name_identities$name_table" ]; then
        say "warning: $1 has neither serial nor wwn nor partition table: no udev rule can name it '$2'"
        return 0
    fi
    {
        echo "# Names the disk '$2'."
        [ -z "$name_table" ] ||
            echo "SUBSYSTEM==\"block\", ACTION==\"add|change\", ENV{DEVTYPE}==\"disk\", ENV{ID_PART_TABLE_UUID}==\"$name_table\", SYMLINK+=\"disk/by-dname/$2\""
        if [ -n "$name_identities" ]; then
            echo "SUBSYSTEM==\"block\", ACTION==\"add|change\", ENV{DEVTYPE}==\"disk\", $name_identities, SYMLINK+=\"disk/by-dname/$2\""
            echo "SUBSYSTEM==\"block\", ACTION==\"add|change\", ENV{DEVTYPE}==\"partition\", $name_identities, SYMLINK+=\"disk/by-dname/$2-part%n\""
        else
            echo "SUBSYSTEM==\"block\", ACTION==\"add|change\", ENV{DEVTYPE}==\"partition\", ENV{ID_PART_TABLE_UUID}==\"$name_table\", SYMLINK+=\"disk/by-dname/$2-part%n\""
        fi
    } >"$scratch/rules.d/$2.rules"
}

# Writes the udev rule that names one partition.
name_partition() {
    set_kernel_name "$1"
    if [ -e "/sys/class/block/$kernel_name/dm" ]; then
        name_match="ENV{DM_UUID}==\"$(cat "/sys/class/block/$kernel_name/dm/uuid")\""
    else
        name_entry=$(blkid -p -o value -s PART_ENTRY_UUID "$1")
        name_match="ENV{DEVTYPE}==\"partition\", ENV{ID_PART_ENTRY_UUID}==\"$name_entry\""
    fi
    {
        echo "# Names the partition '$2'."
        echo "SUBSYSTEM==\"block\", ACTION==\"add|change\", $name_match, SYMLINK+=\"disk/by-dname/$2\""
    } >"$scratch/rules.d/$2.rules"
}
