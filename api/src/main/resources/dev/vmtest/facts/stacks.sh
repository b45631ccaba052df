# What stands between disks and file systems: arrays, volume groups, encryption, caches, paths and
# network disks. A tool runs only where the kernel or a probe knows a device of its kind. No key and
# no password is read: dmsetup shows none without --showkeys, and sysfs' password files are left out.
mkdir -p facts/md facts/luks facts/bcache
copy /etc/crypttab crypttab
copy /etc/mdadm etc_mdadm

# Print NAME=value lines of sysfs attributes: directory, names.
attributes() {
    (
        cd "$1" || exit 1
        shift
        for attribute; do
            if [ -r "$attribute" ]; then
                value=
                read -r value <"$attribute"
                printf '%s=%s\n' "$attribute" "$value"
            fi
        done
    )
}

: >facts/dm
: >facts/iscsi-disks
for entry in /sys/class/block/*; do
    device=${entry##*/}
    if [ -d "$entry/md" ]; then
        keep "facts/md/$device.export" mdadm --detail --export "/dev/$device"
        keep "facts/md/$device.state" attributes "$entry/md" \
            level raid_disks metadata_version array_state degraded sync_action
    fi
    if [ -d "$entry/dm" ]; then
        read -r name <"$entry/dm/name"
        uuid=
        read -r uuid <"$entry/dm/uuid"
        printf '%s\t%s\t%s\n' "$device" "$name" "$uuid" >>facts/dm
    fi
    case $device in
        bcache*p*) ;;
        bcache*)
            keep "facts/bcache/$device.state" attributes "$entry/bcache" cache_mode state running
            set=$(readlink -f "$entry/bcache/cache")
            printf 'set=%s\n' "${set##*/}" >>"facts/bcache/$device.state"
            ;;
        sd*[!0-9])
            path=$(readlink -f "$entry/device")
            case $path in
                */session[0-9]*)
                    session=${path#*/session}
                    printf '%s\tsession%s\t%s\n' "$device" "${session%%/*}" "${path##*:}" \
                        >>facts/iscsi-disks
                    ;;
            esac
            ;;
    esac
done

mkdir -p facts/iscsi
for session in /sys/class/iscsi_session/session*; do
    if [ -e "$session" ]; then
        keep "facts/iscsi/${session##*/}" attributes "$session" targetname username username_in state
    fi
done

# What the node records say about logging in, without the passwords.
: >facts/iscsi-nodes
for record in /etc/iscsi/nodes/*/* /etc/iscsi/nodes/*/*/* /var/lib/iscsi/nodes/*/* /var/lib/iscsi/nodes/*/*/*; do
    if [ -f "$record" ]; then
        echo "[$record]" >>facts/iscsi-nodes
        grep -E '^node\.(name|startup|conn\[0\]\.(address|port)|session\.auth\.(authmethod|username|username_in)) = ' \
            "$record" >>facts/iscsi-nodes
    fi
done

# blkid-probe has a line DEVNAME= for each device, and ID_FS_TYPE= where it holds something.
volumes=no
# shellcheck disable=SC2013 # words without blanks: a type and a device node
for found in $(awk -F= '$1 == "DEVNAME" { name = $2 } $1 == "ID_FS_TYPE" { print $2 ":" name }' facts/blkid-probe); do
    device=${found#*:}
    case $found in
        crypto_LUKS:*) keep "facts/luks/${device##*/}" cryptsetup luksDump "$device" ;;
        bcache:*) keep "facts/bcache/${device##*/}.super" bcache-super-show "$device" ;;
        LVM2_member:*) volumes=yes ;;
    esac
done
if [ "$volumes" = yes ]; then
    keep facts/pvs.json pvs --reportformat json --units b --nosuffix -o pv_name,vg_name,pv_uuid,pv_size
    keep facts/vgs.json vgs --reportformat json --units b --nosuffix \
        -o vg_name,vg_uuid,vg_size,vg_free,vg_extent_size,vg_missing_pv_count
    keep facts/lvs.json lvs --reportformat json --units b --nosuffix -o lv_name,vg_name,lv_size,segtype,lv_attr
fi
if grep -q 'CRYPT-' facts/dm; then
    keep facts/dm-crypt dmsetup table --target crypt
fi
if grep -q 'mpath-' facts/dm; then
    keep facts/multipath multipath -ll
fi

# Pools, where the kernel has ZFS already: asked elsewhere, the tools would load it.
mkdir -p facts/zfs
: >facts/zfs/pools
: >facts/zfs/cached
if [ -d /sys/module/zfs ]; then
    copy /etc/zfs etc_zfs
    keep facts/zfs/pools zpool list -HvLP
    keep facts/zfs/pool-properties zpool get -Hp all
    keep facts/zfs/datasets zfs get -Hp -t filesystem all
    for pool in $(zpool list -H -o name); do
        # The cache is binary, with each pool's name in it.
        if grep -qaF "$pool" /etc/zfs/zpool.cache; then echo "$pool" >>facts/zfs/cached; fi
    done
fi
