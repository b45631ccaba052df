# How disks are reached: by several paths, over a network.

# Sets path_map to the kernel name of the map that joins the paths of a disk, or to nothing: the
# kernel name of the map itself or of one of its paths.
set_path_map() {
    path_map=''
    for path_candidate in "/sys/class/block/$1" "/sys/class/block/$1/holders/"dm-*; do
        [ -e "$path_candidate/dm/uuid" ] || continue
        case $(cat "$path_candidate/dm/uuid") in
            mpath-*) path_map=${path_candidate##*/} ;;
        esac
    done
}

# Prints the name by which multipath knows a disk.
path_wwid() {
    udevadm info --query=property "--name=$1" | sed -n 's/^ID_SERIAL=//p'
}

# Joins the paths of the disk that found_disk is one of. The name may be empty: multipath chooses one.
make_map() {
    map_wwid=$(path_wwid "$found_disk")
    [ -n "$map_wwid" ] || die "udev knows no serial of $found_disk, so its other paths can't be found"
    [ -e /etc/multipath.conf ] || printf 'defaults {\n    user_friendly_names yes\n}\n' >/etc/multipath.conf
    mkdir -p /etc/multipath
    if [ -n "$1" ] && ! grep -qs -e "^$1 " -e " $map_wwid\$" /etc/multipath/bindings; then
        printf '%s %s\n' "$1" "$map_wwid" >>/etc/multipath/bindings
    fi
    set --
    for path_directory in /sys/block/sd*; do
        path_device=/dev/${path_directory##*/}
        [ "$(path_wwid "$path_device")" = "$map_wwid" ] || continue
        # What was assembled of one path keeps all others out.
        release_disk "$path_device"
        set -- "$@" "$path_device"
    done
    # From multipath-tools 0.10 on, multipath does not load it.
    run modprobe dm_multipath
    run multipath -a "$1"
    # From now on udev takes them for paths: their partitions lose their nodes.
    udevadm trigger --action=change --settle "$@"
    set_kernel_name "$1"
    set_path_map "$kernel_name"
    if [ -z "$path_map" ]; then
        run multipath "$1" || :
        udevadm settle --timeout=30 || :
        set_path_map "$kernel_name"
    fi
    [ -n "$path_map" ] || die "multipath does not join the paths $*"
}

# Sets a variable to the map of a disk with several paths: variable, identity, value, and the name
# of the map (empty for any).
find_map() {
    need_tool multipath 'a disk with several paths'
    quiet_udev
    find_disk "$1" "$2" "$3"
    set_kernel_name "$found_disk"
    set_path_map "$kernel_name"
    if [ -z "$path_map" ]; then make_map "$4"; fi
    found_map=/dev/mapper/$(cat "/sys/class/block/$path_map/dm/name")
    await_presence "$found_map" "the map $found_map did not appear"
    map_partitions "$found_map"
    say "$1 is $found_map of the paths $(cd "/sys/class/block/$path_map/slaves" && echo *)"
    cat "/sys/class/block/$path_map/dm/uuid" >>"$scratch/maps"
    eval "$1=\$found_map"
}

# Makes the partitions of a map what its table says: the kernel does not look for any there.
map_partitions() {
    run kpartx -u -s -p -part "$1"
    udevadm settle --timeout=30 || :
}

# Writes the udev rules that name a map and its partitions in /dev/disk/by-dname: kernel name, name.
# To udev, the partitions of a map are disks.
name_map() {
    name_uuid=$(cat "/sys/class/block/$1/dm/uuid")
    {
        echo "# Names the disk '$2'."
        echo "SUBSYSTEM==\"block\", ACTION==\"add|change\", ENV{DM_UUID}==\"$name_uuid\", SYMLINK+=\"disk/by-dname/$2\""
        for name_part in "/sys/class/block/$1/holders/"dm-*; do
            [ -e "$name_part/dm/uuid" ] || continue
            name_number=$(sed -n "s/^part\([0-9]*\)-mpath-.*/\1/p" "$name_part/dm/uuid")
            [ -n "$name_number" ] || continue
            echo "SUBSYSTEM==\"block\", ACTION==\"add|change\", ENV{DM_UUID}==\"part$name_number-$name_uuid\", SYMLINK+=\"disk/by-dname/$2-part$name_number\""
        done
    } >"$scratch/rules.d/$2.rules"
}

# Copies what the installed system needs to join the same paths under the same names.
write_noted_paths() {
    if [ -s "$scratch/maps" ]; then
        mkdir -p "$target/etc/multipath"
        [ -e "$target/etc/multipath.conf" ] || cp /etc/multipath.conf "$target/etc/multipath.conf"
        for noted in bindings wwids; do
            [ ! -e "/etc/multipath/$noted" ] || cp "/etc/multipath/$noted" "$target/etc/multipath/$noted"
        done
        keep_lvm_off_paths
    fi
}

# Lets LVM in the installed system use maps only, where it has volume groups on maps: udev may show it a
# single path before the map is there, and what it takes then is lost to multipath.
keep_lvm_off_paths() {
    lvm_devices=$(pvs --noheadings -o pv_name 2>/dev/null) || lvm_devices=''
    case $lvm_devices in
        */dev/mapper/*-part* | */dev/dm-*) ;;
        *) return 0 ;;
    esac
    case $lvm_devices in
        */dev/sd*) say 'warning: LVM has SCSI disks with one path too, so it is not kept off the paths of others' ;;
        *)
            mkdir -p "$target/etc/lvm"
            printf '\n# Written by the installer: SCSI disks are used by the maps of their paths.\ndevices {\n    global_filter = [ "a|^/dev/mapper/|", "r|^/dev/sd|" ]\n}\n' \
                >>"$target/etc/lvm/lvmlocal.conf"
            ;;
    esac
}

# Changes a setting of the node record of iscsi_target at iscsi_portal: name, value. Values may be
# passwords, so the command is not shown.
set_node() {
    iscsiadm --mode node --targetname "$iscsi_target" --portal "$iscsi_portal" \
        --op update --name "$1" --value "$2" || die "iscsiadm does not take $1"
}

# Sets a variable to a disk over iSCSI: variable, portal, unit, target, then user and password of the
# initiator, user and password of the target (each empty for none).
attach_iscsi() {
    need_tool iscsiadm 'an iSCSI disk'
    iscsi_variable=$1 iscsi_portal=$2 iscsi_unit=$3 iscsi_target=$4
    shift 4
    mkdir -p /etc/iscsi
    if ! grep -qs '^InitiatorName=' /etc/iscsi/initiatorname.iscsi; then
        printf 'InitiatorName=%s\n' "$(iscsi-iname)" >/etc/iscsi/initiatorname.iscsi
        chmod 0600 /etc/iscsi/initiatorname.iscsi
    fi
    if ! iscsiadm --mode session 2>/dev/null | grep -qF " $iscsi_target "; then
        # A record by hand: a discovery would answer with the address that the server has for itself.
        run iscsiadm --mode node --op new --targetname "$iscsi_target" --portal "$iscsi_portal,1"
        set_node node.startup automatic
        if [ -n "$1$3" ]; then set_node node.session.auth.authmethod CHAP; fi
        if [ -n "$1" ]; then
            set_node node.session.auth.username "$1"
            set_node node.session.auth.password "$2"
        fi
        if [ -n "$3" ]; then
            set_node node.session.auth.username_in "$3"
            set_node node.session.auth.password_in "$4"
        fi
        run iscsiadm --mode node --targetname "$iscsi_target" --portal "$iscsi_portal" --login
        printf '%s %s\n' "$iscsi_target" "$iscsi_portal" >>"$scratch/iscsi"
    fi
    iscsi_link=/dev/disk/by-path/ip-$iscsi_portal-iscsi-$iscsi_target-lun-$iscsi_unit
    udevadm settle --timeout=30 || :
    await_presence "$iscsi_link" "unit $iscsi_unit of $iscsi_target at $iscsi_portal did not appear"
    found_disk=$(readlink -f "$iscsi_link")
    say "$iscsi_variable is $found_disk (unit $iscsi_unit of $iscsi_target)"
    printf '%s\n' "$found_disk" >>"$scratch/iscsi-disks"
    eval "$iscsi_variable=\$found_disk"
}

# Copies the initiator's name and the records of the targets that the installed system logs in to.
write_noted_targets() {
    [ -s "$scratch/iscsi" ] || return 0
    for noted in /etc/iscsi /var/lib/iscsi; do
        [ -d "$noted/nodes" ] || continue
        mkdir -p "$target$noted/nodes"
        while read -r noted_target _; do
            [ ! -d "$noted/nodes/$noted_target" ] || cp -R "$noted/nodes/$noted_target" "$target$noted/nodes/"
        done <"$scratch/iscsi"
    done
    mkdir -p "$target/etc/iscsi"
    cp -p /etc/iscsi/initiatorname.iscsi "$target/etc/iscsi/initiatorname.iscsi"
}

# Ends the sessions, after all that stands on their disks: at the power-off, the network ends before
# what is still in use.
detach_iscsi() {
    [ -s "$scratch/iscsi" ] || return 0
    while read -r detached; do release_disk "$detached"; done <"$scratch/iscsi-disks"
    sync
    while read -r iscsi_target iscsi_portal; do
        run iscsiadm --mode node --targetname "$iscsi_target" --portal "$iscsi_portal" --logout </dev/null
    done <"$scratch/iscsi"
}
