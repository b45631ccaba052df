# The Python harness's default set for every distribution, file for file. boot-curtin-block-discover.json is
# not among them: only a copy of curtin's own program could write it.
copy /etc/fstab fstab
copy /etc/udev/rules.d udev_rules.d
copy /etc/default/grub etc_default_grub
copy /etc/default/grub.d etc_default_grub_d
keep proc_cmdline cat /proc/cmdline
keep proc_mounts cat /proc/mounts
keep proc_partitions cat /proc/partitions
keep proc-swaps cat /proc/swaps
keep ip_a ip a
if command -v ifconfig >/dev/null; then
    keep ifconfig_a ifconfig -a
fi
if [ -d /dev/disk/by-dname ]; then
    keep ls_dname ls /dev/disk/by-dname
else
    : >ls_dname
fi
for links in bydname:by-dname byid:by-id bypartuuid:by-partuuid bypath:by-path byuuid:by-uuid; do
    if [ -d "/dev/disk/${links#*:}" ]; then
        keep "ls_al_${links%:*}" ls -al "/dev/disk/${links#*:}"
    else
        : >"ls_al_${links%:*}"
    fi
done
keep blkid.out blkid -o export
keep find_boot.out find /boot
if [ -d /sys/firmware/efi ] && command -v efibootmgr >/dev/null; then
    keep efibootmgr.out efibootmgr -v
fi
end_of /var/log/messages messages
end_of /var/log/syslog syslog
end_of /var/log/cloud-init.log cloud-init.log
end_of /var/log/cloud-init-output.log cloud-init-output.log
copy /var/lib/cloud var_lib_cloud
copy /run/cloud-init run_cloud-init
copy /root root
