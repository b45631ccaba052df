# The target: copying the system, entering it, and making it boot.

# Copies the read-only root of this environment to the target.
copy_root() {
    copy_from=$1
    shift
    mountpoint -q "$copy_from" || [ -d "$copy_from/etc" ] || die "there is no system to copy at $copy_from"
    if [ $# -gt 0 ]; then
        copy_by_rsync "$copy_from" "$@"
        return 0
    fi
    copy_image=$(findmnt -n -o SOURCE,FSTYPE "$copy_from" | awk '$2 == "squashfs" { print $1 }')
    if [ -n "$copy_image" ] && [ -r "$copy_image" ] && command -v unsquashfs >/dev/null; then
        unpack "$copy_image"
    else
        run cp --archive --one-file-system "$copy_from/." "$target/"
    fi
}

# Copies as curtin does, so that the configuration's own options mean what they mean there.
copy_by_rsync() {
    copy_from=$1
    shift
    run rsync -aXHAS --one-file-system "$@" "$copy_from/" "$target/"
}

# Nothing is compressed in our images, so that threads which decompress only wait for each other; and
# the disk answers the faster, the more it is asked for at once (in sectors of 512 bytes). A second word is a
# pattern of what stays behind.
unpack() {
    blockdev --setra 8192 "$1" || say "the disk $1 is read in small pieces"
    run unsquashfs -quiet -no-progress -processors 1 -force -dest "$target" ${2:+-excludes} "$1" ${2:+"$2"}
}

# Copies the target image: the disk with a serial, which holds a squashfs. Which image has one is known
# before the machine starts, so that a missing disk is a fault. Of its two initramfs, the one stays behind that
# will not serve: the root lies on a partition, or on a stack.
copy_target_image() {
    if ! match_disk "$1"; then
        echo 'these disks are there:' >&2
        describe_disks >&2
        die "the disk with the serial '$1', which holds the system to install, is missing"
    fi
    say "the target image is $found_disk"
    copy_need=$2
    shift 2
    if [ $# -gt 0 ]; then
        case $copy_need in
            partition) set -- "$@" '--exclude=/boot/initrd.img-*' ;;
            *) set -- "$@" --exclude=/usr/lib/vmtest/initramfs ;;
        esac
        mkdir -p "$work/image"
        run mount -o ro "$found_disk" "$work/image"
        copy_by_rsync "$work/image" "$@"
        run umount "$work/image"
        return 0
    fi
    case $copy_need in
        partition) unpack "$found_disk" 'boot/initrd.img-*' ;;
        *) unpack "$found_disk" usr/lib/vmtest/initramfs ;;
    esac
}

bind_into() {
    if [ -d "$1/$2" ] && ! mountpoint -q "$1/$2"; then mount --bind "/$2" "$1/$2"; fi
}

# Makes /dev, /proc, /sys and /run of this environment visible in a target, keeps daemons from
# starting there and gives it name resolution.
enter_target() {
    for bound in dev proc sys run; do bind_into "$1" "$bound"; done
    if [ -d /sys/firmware/efi/efivars ]; then bind_into "$1" sys/firmware/efi/efivars; fi
    if [ -d "$1/usr/sbin" ] && [ ! -e "$1/usr/sbin/policy-rc.d" ]; then
        printf '#!/bin/sh\n# Keeps services from starting during the install.\nexit 101\n' >"$1/usr/sbin/policy-rc.d"
        chmod 0755 "$1/usr/sbin/policy-rc.d"
    fi
    if [ -d "$1/etc" ] && [ -s /etc/resolv.conf ] && [ ! -e "$1/etc/resolv.conf.before-install" ]; then
        if [ -e "$1/etc/resolv.conf" ] || [ -L "$1/etc/resolv.conf" ]; then
            mv "$1/etc/resolv.conf" "$1/etc/resolv.conf.before-install"
        else
            : >"$1/etc/resolv.conf.before-install"
        fi
        cp /etc/resolv.conf "$1/etc/resolv.conf"
    fi
}

# Undoes enter_target.
leave_target() {
    if [ -e "$1/etc/resolv.conf.before-install" ] || [ -L "$1/etc/resolv.conf.before-install" ]; then
        if [ -L "$1/etc/resolv.conf.before-install" ] || [ -s "$1/etc/resolv.conf.before-install" ]; then
            mv "$1/etc/resolv.conf.before-install" "$1/etc/resolv.conf"
        else
            rm -f "$1/etc/resolv.conf" "$1/etc/resolv.conf.before-install"
        fi
    fi
    if grep -qs 'Keeps services from starting during the install' "$1/usr/sbin/policy-rc.d"; then
        rm -f "$1/usr/sbin/policy-rc.d"
    fi
    for bound in sys/firmware/efi/efivars run sys proc dev; do
        if mountpoint -q "$1/$bound"; then umount "$1/$bound"; fi
    done
}

in_target() {
    printf '+ in target: %s\n' "$*"
    chroot "$target" "$@"
}

# Writes standard input to a file of the target: path, permissions, owner (empty to leave it).
put_file() {
    put_path=$(chroot_path "$1")
    mkdir -p "${put_path%/*}"
    cat >"$put_path"
    chmod "$2" "$put_path"
    [ -z "$3" ] || chroot "$target" chown "$3" "$1"
}

# Prints where a path of the target lies here, following the links of its directories inside the
# target, as a chroot would.
chroot_path() {
    chroot_parent=${1%/*}
    chroot_links=0
    chroot_done='' chroot_rest=${chroot_parent#/}
    while [ -n "$chroot_rest" ]; do
        chroot_name=${chroot_rest%%/*}
        case $chroot_rest in
            */*) chroot_rest=${chroot_rest#*/} ;;
            *) chroot_rest='' ;;
        esac
        case $chroot_name in
            '' | .) continue ;;
            ..) chroot_done=${chroot_done%/*} && continue ;;
        esac
        if [ -L "$target$chroot_done/$chroot_name" ]; then
            chroot_links=$((chroot_links + 1))
            [ "$chroot_links" -le 40 ] || die "$1: too many links in the target"
            chroot_link=$(readlink "$target$chroot_done/$chroot_name")
            case $chroot_link in
                /*) chroot_done='' ;;
            esac
            chroot_rest=${chroot_link#/}${chroot_rest:+/$chroot_rest}
        else
            chroot_done=$chroot_done/$chroot_name
        fi
    done
    printf '%s\n' "$target$chroot_done/${1##*/}"
}

# Notes standard input as the network configuration that cloud-init applies in the target.
note_network() {
    cat >"$OUTPUT_NETWORK_CONFIG"
}

# Notes what a target gets whose cloud-init does not read the noted configuration: interfaces on standard input, rules.
note_rendered_network() {
    cat >"$scratch/interfaces"
    printf '%s' "$1" >"$scratch/persistent-net.rules"
}

# Keeps the interfaces file of a target that has one before anything is extracted.
note_own_interfaces() {
    [ -f "$target/etc/network/interfaces" ] ||
        die 'the target has no /etc/network/interfaces to copy; it has no system yet unless one is preserved'
    cp "$target/etc/network/interfaces" "$OUTPUT_INTERFACES"
}

# Notes a network configuration where some NICs use DHCP: their names. Without any it has no interface.
note_nics() {
    if [ $# = 0 ]; then
        printf 'network:\n  version: 1\n  config: []\n' >"$OUTPUT_NETWORK_CONFIG"
        printf '' | note_rendered_network ''
        return 0
    fi
    printf 'network:\n  version: 1\n  config:\n' >"$OUTPUT_NETWORK_CONFIG"
    rendered='' rules=''
    for nic_name; do
        [ -e "/sys/class/net/$nic_name" ] || die "there is no interface $nic_name"
        nic_mac=$(cat "/sys/class/net/$nic_name/address")
        printf '  - type: physical\n    name: %s\n    mac_address: "%s"\n    subnets:\n    - type: dhcp4\n' \
            "$nic_name" "$nic_mac" >>"$OUTPUT_NETWORK_CONFIG"
        rendered="${rendered}auto $nic_name
iface $nic_name inet dhcp
"
        rules="${rules}SUBSYSTEM==\"net\", ACTION==\"add\", DRIVERS==\"?*\", ATTR{address}==\"$nic_mac\", NAME=\"$nic_name\"
"
    done
    printf 'auto lo\niface lo inet loopback\n\n%s' "$rendered" | note_rendered_network "$rules"
}

# Notes a network configuration where the NIC that this environment booted from uses DHCP; a system that is preserved
# keeps its own.
note_boot_nic() {
    if [ -f "$target/etc/network/interfaces" ]; then
        note_own_interfaces
        return 0
    fi
    boot_mac=$(tr ' ' '\n' </proc/cmdline | sed -n 's/^BOOTIF=[0-9a-fA-F][0-9a-fA-F]-//p' | head -n 1 | tr 'A-F-' 'a-f:')
    for nic in /sys/class/net/*; do
        [ -e "$nic/device" ] || continue
        nic_mac=$(cat "$nic/address")
        if [ -z "$boot_mac" ] || [ "$nic_mac" = "$boot_mac" ]; then
            note_nics "${nic##*/}"
            return 0
        fi
    done
    say 'there is no NIC, so no network configuration is written'
}

# Whether the target's cloud-init reads version 2, and with it a section as it is written.
reads_network() {
    for features in "$target"/usr/lib/python3*/*-packages/cloudinit/version.py \
        "$target"/usr/lib/python3*/*-packages/cloudinit/features.py; do
        [ ! -e "$features" ] || ! grep -q NETWORK_CONFIG_V2 "$features" || return 0
    done
    return 1
}

# Hands the noted network to the target's cloud-init, or writes it for ifupdown and tells cloud-init to keep off.
write_noted_network() {
    if [ ! -s "$OUTPUT_NETWORK_CONFIG" ]; then
        if [ -s "$OUTPUT_INTERFACES" ]; then
            mkdir -p "$target/etc/network"
            cp "$OUTPUT_INTERFACES" "$target/etc/network/interfaces"
        fi
        return 0
    fi
    mkdir -p "$target/etc/cloud/cloud.cfg.d"
    if reads_network; then
        cp "$OUTPUT_NETWORK_CONFIG" "$target/etc/cloud/cloud.cfg.d/50-curtin-networking.cfg"
        return 0
    fi
    [ -e "$scratch/interfaces" ] ||
        die "the target's cloud-init does not read version 2 of the network configuration; write it in version 1"
    mkdir -p "$target/etc/network" "$target/etc/udev/rules.d"
    cp "$scratch/interfaces" "$target/etc/network/interfaces"
    cp "$scratch/persistent-net.rules" "$target/etc/udev/rules.d/70-persistent-net.rules"
    printf 'network: {config: disabled}\n' \
        >"$target/etc/cloud/cloud.cfg.d/curtin-disable-cloudinit-networking.cfg"
}

# Copies what storage and network noted for the target.
write_noted_files() {
    write_noted_network
    cp "$OUTPUT_FSTAB" "$target/etc/fstab"
    sed 's/^/  fstab: /' "$target/etc/fstab"
    for rules in "$scratch"/rules.d/*.rules; do
        [ -e "$rules" ] || continue
        mkdir -p "$target/etc/udev/rules.d"
        cp "$rules" "$target/etc/udev/rules.d/"
    done
    if [ -s "$scratch/mdadm.conf" ]; then
        mkdir -p "$target/etc/mdadm"
        {
            echo
            echo '# The arrays that the installer made.'
            cat "$scratch/mdadm.conf"
        } >>"$target/etc/mdadm/mdadm.conf"
        sed 's/^/  mdadm.conf: /' "$scratch/mdadm.conf"
    fi
    if [ -s "$scratch/crypttab" ]; then
        cp "$scratch/crypttab" "$target/etc/crypttab"
        sed 's/^/  crypttab: /' "$target/etc/crypttab"
    fi
    write_noted_paths
    write_noted_targets
    write_noted_pools
}

# Undoes what an image has for running from memory: the overlay over its root (yes or no), and the link into /run that
# stands for the distribution's interfaces file (yes or no).
undo_image() {
    if [ "$1" = yes ] && [ -e "$target/etc/overlayroot.local.conf" ]; then
        mv "$target/etc/overlayroot.local.conf" "$target/etc/overlayroot.local.conf.old"
    fi
    if [ "$2" = yes ] && [ -e "$target/etc/network/interfaces.dist" ] && [ -L "$target/etc/network/interfaces" ]; then
        case $(readlink "$target/etc/network/interfaces") in
            /run/* | *../run/*)
                mv "$target/etc/network/interfaces" "$target/etc/network/interfaces.old"
                mv "$target/etc/network/interfaces.dist" "$target/etc/network/interfaces"
                ;;
        esac
    fi
}

# Writes the words on standard input, one a line, where pollinate adds them to what it says of itself.
name_user_agent() {
    if [ ! -x "$target/usr/bin/pollinate" ]; then
        cat >/dev/null
        say 'the target has no pollinate, whose user agent is left out'
        return 0
    fi
    mkdir -p "$target/etc/pollinate"
    {
        sed 's/$/ # written by curtin/'
        printf 'curtin/vmtest-%s # written by curtin\n' "$vmtest_version"
    } >"$target/etc/pollinate/add-user-agent"
}

# Resets what must differ from machine to machine, and drops what belongs to the image.
reset_identity() {
    if [ -s "$target/etc/machine-id" ]; then : >"$target/etc/machine-id"; fi
    rm -f "$target/var/lib/dbus/machine-id" "$target/var/lib/systemd/random-seed"
    # cloud-init would grow the root partition over what the configuration leaves free.
    : >"$target/etc/growroot-disabled"
    if [ ! -s "$target/etc/hosts" ]; then
        printf '127.0.0.1\tlocalhost\n::1\t\tlocalhost ip6-localhost ip6-loopback\n' >"$target/etc/hosts"
    fi
    if [ ! -s "$target/etc/hostname" ]; then echo localhost >"$target/etc/hostname"; fi
}

# Makes the target's initramfs, or takes one that the image brought: 'partition' for a root on a
# partition, 'keep' for one that the generic initramfs finds, 'open' and the names of mappings for one
# that it finds once it has opened these, 'paths' for one on a disk with several paths, 'make' for any other.
make_initramfs() {
    initramfs=$target/boot/initrd.img-$kernel_version
    image_initramfs=$target/usr/lib/vmtest/initramfs
    if [ "$1" = partition ] && [ -s "$image_initramfs/partition-$kernel_version" ]; then
        say "the image's initramfs for roots on a partition serves this root"
        mv "$image_initramfs/partition-$kernel_version" "$initramfs"
    elif [ "$1" = open ] && [ -s "$initramfs" ] && has_cryptsetup "$initramfs"; then
        shift
        say "the image's initramfs serves this root, and is told to open $*"
        add_crypttab "$@"
    elif [ "$1" = paths ] && [ -s "$initramfs" ] && has_multipath "$initramfs"; then
        say "the image's initramfs serves this root, and is told which paths to join"
        add_multipath
    elif { [ "$1" = partition ] || [ "$1" = keep ]; } && [ -s "$initramfs" ]; then
        say "the image's initramfs serves this root"
    else
        [ "$1" != paths ] || load_multipath
        rm -f "$initramfs"
        in_target update-initramfs -c -k "$kernel_version"
    fi
    rm -rf "$image_initramfs"
}

# Says whether an initramfs joins the paths of disks: in bookworm a script does, since trixie udev's rules.
has_multipath() {
    chroot "$target" lsinitramfs "/boot/${1##*/}" >"$work/initramfs" 2>/dev/null || return 1
    grep -q 'sbin/multipath$' "$work/initramfs" &&
        grep -q -e 'scripts/local-top/multipath$' -e 'rules.d/60-multipath.rules$' "$work/initramfs"
}

# Has each initramfs that the target makes load the kernel's multipath. trixie's rule leaves that to a
# modprobe whose option busybox's does not have, where that is the shell's own.
load_multipath() {
    mkdir -p "$target/etc/initramfs-tools"
    echo dm_multipath >>"$target/etc/initramfs-tools/modules"
}

# Adds what the target knows of paths to the initramfs, where the hook of multipath-tools-boot would put it.
add_multipath() {
    mkdir -p "$work/archive/etc/multipath"
    cp "$target/etc/multipath.conf" "$work/archive/etc/"
    cp "$target/etc/multipath/"* "$work/archive/etc/multipath/"
    if [ -e "$target/etc/lvm/lvmlocal.conf" ]; then
        mkdir -p "$work/archive/etc/lvm"
        cp "$target/etc/lvm/lvmlocal.conf" "$work/archive/etc/lvm/"
    fi
    if ! grep -q 'scripts/local-top/multipath$' "$work/initramfs"; then
        load_multipath
        mkdir -p "$work/archive/conf"
        unpacked=$(mktemp -d "$target/tmp/initramfs.XXXXXX")
        chroot "$target" unmkinitramfs "/boot/${initramfs##*/}" "/tmp/${unpacked##*/}"
        # With archives before the main one, the latter is in a directory of its own.
        cat "$unpacked/conf/modules" "$unpacked/main/conf/modules" >"$work/archive/conf/modules" 2>/dev/null || true
        rm -rf "$unpacked"
        echo dm_multipath >>"$work/archive/conf/modules"
    fi
    truncate --size=%4 "$initramfs"
    (cd "$work/archive" && find . -mindepth 1 -printf '%P\n' | cpio --quiet --create --format=newc --owner=0:0) >>"$initramfs"
}

# Says whether an initramfs opens encrypted devices.
has_cryptsetup() {
    chroot "$target" lsinitramfs "/boot/${1##*/}" >"$work/initramfs" 2>/dev/null || return 1
    grep -q 'sbin/cryptsetup$' "$work/initramfs" && grep -q 'scripts/local-top/cryptroot$' "$work/initramfs"
}

# Adds the crypttab lines of mappings to the initramfs, where the hook of cryptsetup-initramfs would put
# them. The kernel unpacks one archive after the other, each at a multiple of four bytes (kernel
# documentation, early-userspace/buffer-format). To make the whole initramfs anew takes minutes where the
# processor is emulated.
add_crypttab() {
    mkdir -p "$work/archive/cryptroot"
    for opened; do
        awk -v name="$opened" '$1 == name' "$target/etc/crypttab"
    done >"$work/archive/cryptroot/crypttab"
    sed 's/^/  initramfs: /' "$work/archive/cryptroot/crypttab"
    truncate --size=%4 "$initramfs"
    (cd "$work/archive" && find cryptroot | cpio --quiet --create --format=newc --owner=0:0) >>"$initramfs"
}

# Prints the kernel arguments that the installed system gets: consoles, and what stands after
# '---' on the command line in a file, without what serves the install boot only.
carried_arguments() {
    awk '{
        for (i = 1; i <= NF; i++) {
            if ($i == "---") { after = 1; continue }
            if (after) {
                if ($i ~ /^(BOOTIF=|initrd=|BOOT_IMAGE=|vmtest\.|ip=.*BOOTIF|ds=|root=|overlayroot=)/) continue
                extra = extra " " $i
                carried[$i] = 1
            } else if ($i ~ /^console=/) consoles[++count] = $i
        }
        for (i = 1; i <= count; i++) if (!(consoles[i] in carried)) line = line " " consoles[i]
        line = line extra
        sub(/^ /, "", line)
        print line
    }' "$1"
}

# Writes GRUB's settings: replace the default arguments (yes or no), terminal, look for other systems
# (yes or no). Where terminal and search are GRUB's own, so are all other settings.
write_grub_settings() {
    if [ "$1" = yes ]; then
        grub_line="GRUB_CMDLINE_LINUX_DEFAULT=\"$(carried_arguments /proc/cmdline)\""
        touch "$target/etc/default/grub"
        grep -v '^GRUB_CMDLINE_LINUX_DEFAULT=' "$target/etc/default/grub" >"$work/grub" || :
        printf '%s\n' "$grub_line" >>"$work/grub"
        cat "$work/grub" >"$target/etc/default/grub"
        say "  $grub_line"
    fi
    if [ "$2" = unmodified ] && [ "$3" = yes ]; then return 0; fi
    mkdir -p "$target/etc/default/grub.d"
    {
        echo '# Written by the installer.'
        if [ "$3" = no ]; then echo 'GRUB_DISABLE_OS_PROBER="true"'; fi
        if [ "$2" != unmodified ]; then printf 'GRUB_TERMINAL="%s"\n' "$2"; fi
    } >"$target/etc/default/grub.d/50-curtin-settings.cfg"
}

# Installs GRUB for BIOS on a disk.
install_grub_bios() {
    in_target grub-install --target=i386-pc --recheck "$1"
}

# Installs GRUB for POWER's Open Firmware on a PReP partition.
install_grub_open_firmware() {
    in_target grub-install --target=powerpc-ieee1275 --recheck "$1"
}

# Installs GRUB for UEFI on the system partition at /boot/efi: write boot entries (yes or no).
install_grub_uefi() {
    mountpoint -q "$target/boot/efi" || die 'UEFI needs a FAT file system mounted at /boot/efi'
    if [ "$1" = yes ]; then
        open_firmware
        bind_into "$target" sys/firmware/efi/efivars
        in_target grub-install --target=x86_64-efi --efi-directory=/boot/efi --bootloader-id=debian --recheck
    else
        in_target grub-install --target=x86_64-efi --efi-directory=/boot/efi --bootloader-id=debian --recheck --no-nvram
        mkdir -p "$target/boot/efi/EFI/BOOT"
        cp "$target/boot/efi/EFI/debian/grubx64.efi" "$target/boot/efi/EFI/BOOT/BOOTX64.EFI"
    fi
}

# Copies the boot loader to another EFI system partition, also to the path where firmware looks
# without a boot entry.
copy_system_partition() {
    mkdir -p "$work/esp"
    run mount -t vfat "$1" "$work/esp"
    cp -R "$target/boot/efi/." "$work/esp/"
    mkdir -p "$work/esp/EFI/BOOT"
    [ -e "$work/esp/EFI/BOOT/BOOTX64.EFI" ] ||
        cp "$target/boot/efi/EFI/debian/grubx64.efi" "$work/esp/EFI/BOOT/BOOTX64.EFI"
    run umount "$work/esp"
}

# Writes GRUB's menu: 'plain' for a root that GRUB and the initramfs find by its UUID alone. What
# update-grub writes for that differs only in looks, but it starts hundreds of processes; and GRUB for BIOS moves
# the room of a kernel (54 MB) a byte at a time for its command linux, which is seconds in an emulated machine,
# but not for linux16.
write_grub_menu() {
    if [ "$1" != plain ]; then
        in_target update-grub
        return 0
    fi
    menu_root=$(findmnt -n -o UUID --target "$target")
    menu_root=${menu_root:+UUID=$menu_root}
    # update-grub names a logical volume by its mapping, too; and of a disk with several paths, each
    # path has the same UUID.
    menu_source=$(findmnt -n -o SOURCE --target "$target")
    case $menu_source in
        /dev/mapper/*)
            case $(dmsetup info --columns --noheadings -o uuid "$menu_source") in
                LVM-* | part*-mpath-*) menu_root=$menu_source ;;
            esac
            ;;
    esac
    menu_boot=$(findmnt -n -o UUID --target "$target/boot")
    if [ -z "$menu_root" ] || [ -z "$menu_boot" ]; then die 'the root file system has no UUID to boot by'; fi
    menu_path=/boot
    if mountpoint -q "$target/boot"; then menu_path=''; fi
    grub_defaults >"$work/grub"
    {
        read -r menu_timeout
        read -r menu_arguments
    } <"$work/grub"
    menu_style=menu
    [ "$menu_timeout" != 0 ] || menu_style=hidden
    menu_protocol=''
    if [ ! -d /sys/firmware/efi ] && [ -e "$target/boot/grub/i386-pc/linux16.mod" ]; then menu_protocol=16; fi
    mkdir -p "$target/boot/grub"
    {
        echo '# Written by the installer; update-grub replaces it.'
        echo 'if [ -s $prefix/grubenv ]; then load_env; fi'
        echo "set timeout_style=$menu_style"
        echo "set timeout=$menu_timeout"
        if [ "$2" != unmodified ]; then
            case " $2 " in
                *' serial '*) echo serial ;;
            esac
            printf 'terminal_input %s\nterminal_output %s\n' "$2" "$2"
        fi
        # The names are those of update-grub, so that a saved default stays valid.
        printf "menuentry 'Debian GNU/Linux' --class debian --class gnu-linux --class gnu --class os {\n"
        printf '    insmod gzio\n    insmod part_gpt\n    insmod part_msdos\n'
        printf '    search --no-floppy --fs-uuid --set=root %s\n' "$menu_boot"
        printf '    linux%s %s/vmlinuz-%s root=%s ro %s\n' "$menu_protocol" "$menu_path" "$kernel_version" "$menu_root" \
            "$menu_arguments"
        printf '    initrd%s %s/initrd.img-%s\n}\n' "$menu_protocol" "$menu_path" "$kernel_version"
    } >"$target/boot/grub/grub.cfg"
    chmod 0444 "$target/boot/grub/grub.cfg"
    sed 's/^/  grub.cfg: /' "$target/boot/grub/grub.cfg"
}

# Prints what the target's GRUB settings say: how many seconds the menu waits, and the kernel's
# arguments.
grub_defaults() {
    chroot "$target" sh -c '
        GRUB_CMDLINE_LINUX="" GRUB_CMDLINE_LINUX_DEFAULT="" GRUB_TIMEOUT=5
        for settings in /etc/default/grub /etc/default/grub.d/*.cfg; do
            [ ! -f "$settings" ] || . "$settings"
        done
        case $GRUB_TIMEOUT in
            "" | *[!0-9]*) GRUB_TIMEOUT=5 ;;
        esac
        printf "%s\n%s %s\n" "$GRUB_TIMEOUT" "$GRUB_CMDLINE_LINUX" "$GRUB_CMDLINE_LINUX_DEFAULT"' 2>/dev/null
}
