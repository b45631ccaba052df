# The Python harness's default set for CentOS.
keep rpm_qa rpm -qa
copy /etc/sysconfig/network-scripts network-scripts
keep rpm_ci_version rpm -q --queryformat '%{VERSION}' cloud-init
rpm -E '%rhel' >rpm_dist_version_major 2>>collect-stderr.txt
copy /etc/centos-release centos-release
