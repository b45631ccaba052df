# The network as the kernel, its renderer and its resolver see it. Every command is bounded, and none waits for
# anything but the renderer's own "online". Passwords of networks are left out.
mkdir -p facts/network/bonding facts/network/bonds facts/network/bridges facts/network/ports \
    facts/network/leases facts/network/cloud facts/network/netplan

# Copies a file of settings without its secrets: from, to.
without_secrets() {
    sed -e 's/^\( *\(- \)\{0,1\}"\{0,1\}\([a-z-]*-\)\{0,1\}\(password\|psk\|private\|shared\|key\|pin\)"\{0,1\}: *\)[^ ].*/\1(secret)/' \
        -e 's/^.*{.*\(password\|psk\|private\|shared\|key\|pin\)"\{0,1\}:.*/# a line with a secret/' \
        -e 's/^\( *\(PrivateKey\|PresharedKey\|wpa-psk\|psk\)[ =]*\).*/\1(secret)/' \
        "$1" >"$2" 2>>collect-stderr.txt || echo "$2: exit status $?: $1" >>collect-failed.txt
}

# Whoever is active configures the network; ifupdown has done its part when its service has ended.
renderer=none
online=unknown
if systemctl -q is-active systemd-networkd.service; then
    renderer=networkd
    waiter=/lib/systemd/systemd-networkd-wait-online
    if timeout 70 "$waiter" --timeout=60 >>collect-stderr.txt 2>&1; then online=yes; else online=no; fi
elif systemctl -q is-active NetworkManager.service; then
    renderer=network-manager
    if timeout 70 nm-online -q -t 60 >>collect-stderr.txt 2>&1; then online=yes; else online=no; fi
elif command -v ifquery >/dev/null; then
    renderer=ifupdown
    if systemctl -q is-active networking.service; then online=yes; else online=no; fi
    keep facts/network/ifquery-wanted ifquery --list
    ifquery --state >facts/network/ifquery-state 2>>collect-stderr.txt
fi
printf 'renderer=%s\nonline=%s\n' "$renderer" "$online" >facts/network/online

keep facts/network/addr.json timeout 20 ip -d -j addr
keep facts/network/route-4.json timeout 20 ip -4 -d -j route show table all
keep facts/network/route-6.json timeout 20 ip -6 -d -j route show table all
keep facts/network/rule-4.json timeout 20 ip -4 -d -j rule
keep facts/network/rule-6.json timeout 20 ip -6 -d -j rule
if command -v bridge >/dev/null; then
    keep facts/network/bridge-link.json timeout 20 bridge -d -j link
    keep facts/network/bridge-vlan.json timeout 20 bridge -j vlan
fi

# Print NAME=value lines of the attributes of a directory.
all_attributes() {
    for attribute in "$1"/*; do
        if [ -f "$attribute" ] && [ -r "$attribute" ]; then
            value=
            read -r value <"$attribute" 2>/dev/null
            printf '%s=%s\n' "${attribute##*/}" "$value"
        fi
    done
}

: >facts/network/devices
: >facts/network/ipv6-mtu
for entry in /sys/class/net/*; do
    name=${entry##*/}
    if [ -e "$entry/device" ]; then
        driver=$(readlink "$entry/device/driver")
        printf '%s\t%s\n' "$name" "${driver##*/}" >>facts/network/devices
    fi
    if [ -r "/proc/sys/net/ipv6/conf/$name/mtu" ]; then
        # The shell reads byte after byte, and /proc/sys answers only the first.
        printf '%s\t%s\n' "$name" "$(cat "/proc/sys/net/ipv6/conf/$name/mtu")" >>facts/network/ipv6-mtu
    fi
    if [ -d "$entry/bonding" ]; then
        keep "facts/network/bonds/$name" all_attributes "$entry/bonding"
        keep "facts/network/bonding/$name" cat "/proc/net/bonding/$name"
    fi
    if [ -d "$entry/bridge" ]; then
        keep "facts/network/bridges/$name" all_attributes "$entry/bridge"
    fi
    if [ -d "$entry/brport" ]; then
        keep "facts/network/ports/$name" all_attributes "$entry/brport"
    fi
done

if command -v ovs-vsctl >/dev/null; then
    : >facts/network/switches
    timeout 20 ovs-vsctl --timeout=15 list-br >facts/network/switch-names 2>>collect-stderr.txt
    while read -r name; do
        printf '%s\t%s\n' "$name" "$(timeout 20 ovs-vsctl --timeout=15 list-ports "$name" 2>>collect-stderr.txt |
            tr '\n' ' ')" >>facts/network/switches
    done <facts/network/switch-names
fi

# Who resolves names.
if [ -e /etc/resolv.conf ]; then
    keep resolv.conf cat /etc/resolv.conf
fi
copy /run/systemd/resolve run_systemd_resolve
copy /run/systemd/network run_systemd_network
for file in run_systemd_network/*; do
    if [ -f "$file" ]; then
        without_secrets "$file" "$file.plain" && mv "$file.plain" "$file"
    fi
done
# ifupdown's files were copied before.
for file in interfaces interfaces.d/*; do
    if [ -f "$file" ] && grep -q psk "$file"; then
        without_secrets "$file" "$file.plain" && mv "$file.plain" "$file"
    fi
done
if systemctl -q is-active systemd-resolved.service; then
    keep facts/network/resolved-servers timeout 20 resolvectl dns
    keep facts/network/resolved-domains timeout 20 resolvectl domain
fi
if [ "$renderer" = networkd ]; then
    timeout 20 networkctl --json=short list >facts/network/networkctl.json 2>>collect-stderr.txt
fi
if [ "$renderer" = network-manager ]; then
    keep facts/network/nmcli timeout 20 nmcli -t device show
fi

# What was written for the renderer, and by whom the leases were given.
for file in /etc/cloud/cloud.cfg.d/*; do
    if [ -f "$file" ] && grep -q '^network:' "$file"; then
        without_secrets "$file" "facts/network/cloud/${file##*/}"
    fi
done
for file in /etc/netplan/*; do
    if [ -f "$file" ]; then
        without_secrets "$file" "facts/network/netplan/${file##*/}"
    fi
done
if command -v netplan >/dev/null; then
    timeout 20 netplan get 2>>collect-stderr.txt >facts/network/netplan.all
    without_secrets facts/network/netplan.all facts/network/netplan.yaml
    rm -f facts/network/netplan.all
fi
for file in /var/lib/dhcp/*.leases /run/systemd/netif/leases/* /var/lib/NetworkManager/*.lease; do
    if [ -f "$file" ]; then
        keep "facts/network/leases/${file##*/}" tail -c 100000 "$file"
    fi
done
grep -l NETWORK_CONFIG_V2 /usr/lib/python3/dist-packages/cloudinit/features.py \
    /usr/lib/python3/dist-packages/cloudinit/version.py >facts/network/cloud-init-v2 2>>collect-stderr.txt
