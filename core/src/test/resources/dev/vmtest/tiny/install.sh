#!/bin/sh
# Put the target image onto the first disk: one partition, one file system, a boot loader.
{
    set -eu
    disk=/dev/$(lsblk -dno NAME,SERIAL | awk '$2 == "disk-0" { print $1 }')
    image=/dev/$(lsblk -dno NAME,SERIAL | awk '$2 == "target-image" { print $1 }')
    printf 'label: dos\nstart=1MiB, size=3GiB, type=83, bootable\n' | sfdisk --quiet "$disk"
    udevadm settle
    mkfs.ext4 -q "${disk}1"
    mount "${disk}1" /mnt
    unsquashfs -quiet -no-progress -force -dest /mnt "$image"
    printf 'UUID=%s / ext4 defaults 0 1\n' "$(blkid -o value -s UUID "${disk}1")" >/mnt/etc/fstab
    for each in dev proc sys run; do mount --rbind "/$each" "/mnt/$each"; done
    chroot /mnt grub-install "$disk"
    chroot /mnt update-initramfs -u
    chroot /mnt update-grub
    sync
    echo 'tiny: the system is installed'
} >/dev/console 2>&1 || echo 'tiny: it failed' >/dev/console
