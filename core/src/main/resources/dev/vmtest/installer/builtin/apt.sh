# Package sources: mirrors, keys, settings and answers of the target.

# What Ubuntu's archives are called where no mirror is named; curtin uses them for Debian, too.
ubuntu_archive=http://archive.ubuntu.com/ubuntu
ubuntu_security=http://security.ubuntu.com/ubuntu
ubuntu_ports=http://ports.ubuntu.com/ubuntu-ports

# Learns of the target what mirrors and variables depend on.
begin_mirrors() {
    # shellcheck disable=SC2016 # the target's shell reads the variable
    apt_release=$(chroot "$target" sh -c '. /etc/os-release && printf "%s\n" "${VERSION_CODENAME-}"')
    apt_arch=$(chroot "$target" dpkg --print-architecture)
    [ -n "$apt_release" ] || die "the target's /etc/os-release has no VERSION_CODENAME"
    primary_fits=0 primary_offer='' security_fits=0 security_offer=''
    default_archive=$ubuntu_ports default_security=$ubuntu_ports
    case $apt_arch in
        amd64 | i386) default_archive=$ubuntu_archive default_security=$ubuntu_security ;;
    esac
}

# Considers a mirror: 'primary' or 'security', its architectures, 'uri' or 'search', addresses. The first one that
# names the architecture is taken, else the last one for all others.
offer_mirror() {
    offer_kind=$1 offer_arches=$2
    shift 2
    case " $offer_arches " in
        *" $apt_arch "*) offer_fits=2 ;;
        *' default '*) offer_fits=1 ;;
        *) return 0 ;;
    esac
    if [ "$offer_kind" = primary ]; then
        [ "$primary_fits" != 2 ] || return 0
        primary_fits=$offer_fits primary_offer=$*
    else
        [ "$security_fits" != 2 ] || return 0
        security_fits=$offer_fits security_offer=$*
    fi
}

# Prints the address that an offer comes to: 'uri' or 'search', addresses.
mirror_of() {
    [ $# != 0 ] || return 0
    if [ "$1" = uri ]; then
        printf '%s\n' "$2"
        return 0
    fi
    shift
    for mirror_address; do
        mirror_host=${mirror_address#*://}
        mirror_host=${mirror_host%%/*}
        mirror_host=${mirror_host##*@}
        case $mirror_host in
            \[*) mirror_host=${mirror_host#\[} mirror_host=${mirror_host%%\]*} ;;
            *) mirror_host=${mirror_host%%:*} ;;
        esac
        if getent ahosts "$mirror_host" >/dev/null; then
            printf '%s\n' "$mirror_address"
            return 0
        fi
        say "the mirror $mirror_host has no address" >&2
    done
}

# Settles the mirrors. Without a primary one all are the default ones; without one for security the primary serves.
choose_mirrors() {
    # shellcheck disable=SC2086 # addresses have no blanks
    apt_primary=$(mirror_of $primary_offer)
    # shellcheck disable=SC2086
    apt_security=$(mirror_of $security_offer)
    if [ -z "$apt_primary" ]; then
        apt_primary=$default_archive/ apt_security=$default_security/
    elif [ -z "$apt_security" ]; then
        apt_security=$apt_primary
    fi
    say "the mirrors are $apt_primary and, for security, $apt_security" | hide_credentials
}

hide_credentials() {
    sed -E "s#([A-Za-z][A-Za-z0-9+.-]*://)[^[:space:]\"'<>]+@#\1(secret)@#g"
}

# Copies standard input with the values of the variables; comments stay unless 'all' is given.
render_sources() {
    sources_rendered=${1-lines} sources_release=$apt_release sources_primary=$apt_primary \
        sources_security=$apt_security awk '
        BEGIN {
            value["RELEASE"] = ENVIRON["sources_release"]
            value["MIRROR"] = value["PRIMARY"] = ENVIRON["sources_primary"]
            value["SECURITY"] = ENVIRON["sources_security"]
        }
        /^[ \t]*#/ && ENVIRON["sources_rendered"] != "all" { print; next }
        {
            rest = $0
            made = ""
            while (match(rest, /[$][{][A-Za-z0-9_.]+[}]|[$][A-Za-z0-9_.]+/)) {
                word = substr(rest, RSTART, RLENGTH)
                name = word
                gsub(/[${}]/, "", name)
                made = made substr(rest, 1, RSTART - 1) ((name in value) ? value[name] : word)
                rest = substr(rest, RSTART + RLENGTH)
            }
            print made rest
        }'
}

# Prints the suites that words of disable_suites mean.
named_suites() {
    for suite_word; do
        case $suite_word in
            updates | backports | security | proposed) printf '$RELEASE-%s\n' "$suite_word" ;;
            release) printf '$RELEASE\n' ;;
            *) printf '%s\n' "$suite_word" ;;
        esac
    done | render_sources all
}

# Copies sources from standard input, with suites and components switched off: 'file' to replace the default archives
# by the mirrors, suites, components.
switch_sources() {
    # shellcheck disable=SC2086 # words of a list
    switched_suites=$(named_suites $2)
    switched_from=$1 switched_off=$switched_suites switched_without=$3 \
        switched_archive=$default_archive switched_security=$default_security \
        switched_primary=$apt_primary switched_secure=$apt_security awk '
        BEGIN {
            count = split(ENVIRON["switched_off"], words)
            for (i = 1; i <= count; i++) off[words[i]] = 1
            count = split(ENVIRON["switched_without"], words)
            for (i = 1; i <= count; i++) if (words[i] != "main") without[words[i]] = 1
        }
        !/^[ \t]*(deb|deb-src)[ \t]/ { print; next }
        {
            at = 2
            if ($2 ~ /^\[/) {
                while (at <= NF && $at !~ /\]$/) at++
                at++
            }
            if (ENVIRON["switched_from"] == "file") {
                bare = $at
                sub(/\/$/, "", bare)
                if (bare == ENVIRON["switched_security"]) $at = ENVIRON["switched_secure"]
                else if (bare == ENVIRON["switched_archive"]) $at = ENVIRON["switched_primary"]
            }
            if ($(at + 1) in off) { print "# " $0; next }
            line = $1
            for (i = 2; i <= at + 1; i++) line = line " " $i
            left = ""
            gone = 0
            for (i = at + 2; i <= NF; i++) {
                if ($i in without) gone = 1
                else left = left " " $i
            }
            if (gone) print "# " $0
            if (!gone) print $0
            else if (left != "") print line left
        }'
}

# Keeps the file with the release's own sources beside the new one, as curtin does.
replace_sources_list() {
    if [ -e "$target/etc/apt/sources.list" ]; then
        mv "$target/etc/apt/sources.list" "$target/etc/apt/sources.list.curtin.orig"
    fi
    mv "$work/sources.list" "$target/etc/apt/sources.list"
    chmod 0644 "$target/etc/apt/sources.list"
    hide_credentials <"$target/etc/apt/sources.list" | sed 's/^/  sources.list: /'
}

# Writes the release's own sources from a template on standard input: suites and components that are switched off.
write_sources_list() {
    render_sources | switch_sources template "$1" "$2" >"$work/sources.list"
    replace_sources_list
}

# Changes the release's own sources: suites and components that are switched off.
change_sources_list() {
    [ -e "$target/etc/apt/sources.list" ] || die 'the target has no /etc/apt/sources.list to change'
    render_sources <"$target/etc/apt/sources.list" | switch_sources file "$1" "$2" >"$work/sources.list"
    replace_sources_list
}

# Tells the target's cloud-init, if it has one, to leave the sources alone.
keep_sources() {
    if ! is_installed cloud-init && ! is_installed cloud-init-base; then
        say 'the target has no cloud-init that would write its sources anew'
        return 0
    fi
    printf 'apt: {preserve_sources_list: true}\n' |
        put_file /etc/cloud/cloud.cfg.d/curtin-preserve-sources.cfg 0644 ''
}

is_installed() {
    chroot "$target" dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed
}

remove_file() {
    rm -f "$(chroot_path "$1")"
}

# Appends sources from standard input to a file, with the values of their variables.
add_source() {
    source_path=$(chroot_path "$1")
    mkdir -p "${source_path%/*}"
    render_sources all >>"$source_path"
    chmod 0644 "$source_path"
    hide_credentials <"$source_path" | sed "s#^#  ${1##*/}: #"
}

# Translations of descriptions are of no use to an install.
fetch_lists() {
    in_target apt-get --quiet --option=Acquire::Languages=none update
}

# Lets an installed cloud-init take over what debconf was told: its file from an earlier answer would win.
reconfigure_cloud_init() {
    is_installed "$1" || return 0
    rm -f "$target"/etc/cloud/cloud.cfg.d/*dpkg*
    in_target dpkg-reconfigure --frontend=noninteractive "$1"
}
