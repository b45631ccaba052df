# What apt and debconf were told, for configurations that ask something of them. Addresses lose the names and passwords
# in them, and of answers that are passwords there is only a digest.
mkdir -p facts/apt/keys
without_credentials() {
    sed -E "s#([A-Za-z][A-Za-z0-9+.-]*://)[^[:space:]\"'<>]+@#\1(secret)@#g"
}

digest() {
    sha256sum | cut -d ' ' -f 1
}

keep facts/apt/architecture dpkg --print-architecture
count=0
for file in /etc/apt/sources.list /etc/apt/sources.list.curtin.orig /etc/apt/sources.list.d/* \
    /etc/apt/apt.conf.d/* /etc/apt/preferences /etc/apt/preferences.d/* \
    /etc/cloud/cloud.cfg.d/curtin-preserve-sources.cfg; do
    [ -f "$file" ] || continue
    count=$((count + 1))
    printf '%s\t%s\t%s\n' "$count" "$(digest <"$file")" "$file"
    without_credentials <"$file" >"facts/apt/file-$count"
done >facts/apt/files
count=0
for file in /etc/apt/trusted.gpg /etc/apt/trusted.gpg.d/*; do
    [ -f "$file" ] || continue
    count=$((count + 1))
    printf '%s\t%s\n' "$count" "$file"
    head -c 1000000 "$file" >"facts/apt/keys/$count"
done >facts/apt/keyrings
for scheme in http https ftp; do
    address=$(apt-config shell proxy "Acquire::$scheme::Proxy" 2>>collect-stderr.txt)
    [ -n "$address" ] || continue
    eval "$address"
    # shellcheck disable=SC2154 # the line before sets it
    printf '%s\t%s\t%s\n' "$scheme" "$(printf '%s' "$proxy" | digest)" \
        "$(printf '%s' "$proxy" | without_credentials)"
done >facts/apt/proxies
apt-cache policy 2>>collect-stderr.txt | without_credentials >facts/apt/policy
copy /var/cache/debconf/config.dat facts/apt/debconf
if [ -r /var/cache/debconf/passwords.dat ]; then
    awk '/^Name: / { name = substr($0, 7) } /^Value: / { print name "\t" substr($0, 8) }' \
        /var/cache/debconf/passwords.dat |
        while IFS='	' read -r name value; do
            printf '%s\t%s\n' "$name" "$(printf '%s' "$value" | digest)"
        done >facts/apt/debconf-passwords
fi
