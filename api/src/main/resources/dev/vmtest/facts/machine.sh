# Machine-readable facts, all below facts/. They are read by dev.vmtest.facts.Facts and by nothing
# else, so a script of a test cannot overwrite them by accident.
mkdir -p facts/sfdisk facts/boot facts/ext facts/ntfs
if [ -d /sys/firmware/efi ]; then
    echo uefi >facts/boot-mode
    if mountpoint -q /boot/efi; then
        keep facts/esp-files find /boot/efi -type f -printf '%s\t%P\n'
    fi
else
    echo bios >facts/boot-mode
fi
keep facts/mountinfo cat /proc/self/mountinfo
keep facts/findmnt.json findmnt -J
keep facts/findmnt-fstab.json findmnt --fstab -J -o SOURCE,TARGET,FSTYPE,OPTIONS,FREQ,PASSNO
keep facts/meminfo cat /proc/meminfo
keep facts/df df -P -k
keep facts/os-release cat /etc/os-release
keep facts/uname uname -srvm
keep facts/ip-addr.json ip -j addr
keep facts/ip-link.json ip -j -d link
keep facts/ip-route.json ip -j route
keep facts/ip-route-6.json ip -6 -j route
keep facts/systemd-failed systemctl list-units --failed --plain --no-legend --full

# No udev event may be pending while devices are looked at.
udevadm settle --timeout=30
keep facts/lsblk.json lsblk -J -b -O
# Volume groups and bcache have directories of links of their own below /dev.
keep facts/links find /dev \( -path /dev/block -o -path /dev/char -o -path /dev/fd \) -prune \
    -o -type l -printf '%p\t%l\n'

devices=
for entry in /sys/class/block/*; do
    device=${entry##*/}
    case $device in
        loop* | ram* | zram* | sr* | fd*) continue ;;
    esac
    devices="$devices /dev/$device"
    # blkid ends at the first device that holds nothing, so each needs a call of its own.
    echo "DEVNAME=/dev/$device"
    found=$(blkid -p -o udev "/dev/$device" 2>>collect-stderr.txt)
    echo "$found"
    case $found in
        *ID_FS_TYPE=ext[234]*) keep "facts/ext/$device" dumpe2fs -h "/dev/$device" ;;
        *ID_FS_TYPE=ntfs*)
            # The bytes of a sector and the number of sectors, from the boot sector.
            keep "facts/ntfs/$device" od -An -v -j11 -N2 -tu2 "/dev/$device"
            od -An -v -j40 -N8 -tu8 "/dev/$device" >>"facts/ntfs/$device"
            ;;
    esac
    if [ ! -e "$entry/partition" ]; then
        # A device without a table is no failure: lsblk.json says that it has none.
        case $found in
            *ID_PART_TABLE_TYPE=*) keep "facts/sfdisk/$device.json" sfdisk -J "/dev/$device" ;;
        esac
        # GRUB's boot.img holds the sector of core.img at byte 92 (its own source, boot.S); a copy
        # of both places is the evidence of which disk can boot.
        keep "facts/boot/$device.first" head -c 65536 "/dev/$device"
        sector=$(od -An -tu8 -j92 -N8 "facts/boot/$device.first" 2>>collect-stderr.txt)
        sector=${sector##* }
        read -r sectors <"$entry/size"
        if [ "${#sector}" -gt 0 ] && [ "${#sector}" -lt 15 ] && [ "$sector" -gt 0 ] &&
            [ "$sector" -lt "$sectors" ]; then
            keep "facts/boot/$device.core" \
                dd if="/dev/$device" bs=512 skip="$sector" count=64 status=none
        fi
    fi
done >facts/blkid-probe
# shellcheck disable=SC2086 # a list of device names, which hold no blanks
keep facts/udevadm udevadm info $devices
