# The Python harness's default set for Debian and Ubuntu.
if command -v dpkg-query >/dev/null; then
    dpkg-query -W -f '${Status}\t${Package}\t${Version}\n' \
        >debian-packages.txt 2>debian-packages.txt.err ||
        echo "debian-packages.txt: exit status $?" >>collect-failed.txt
fi
copy /etc/network/interfaces interfaces
copy /etc/network/interfaces.d interfaces.d
if [ -d /etc/network/interfaces.d ]; then
    keep find_interfacesd find /etc/network/interfaces.d
else
    : >find_interfacesd
fi
apt-config shell proxy Acquire::HTTP::Proxy >apt-proxy 2>>collect-stderr.txt
copy /etc/kernel-img.conf kernel-img.conf
