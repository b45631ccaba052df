#!/bin/sh
# Stands in for curtin's own command inside the commands of a configuration.
# Knows: curtin [-v] in-target [-t TARGET] [--capture] [-a] -- COMMAND…
#        curtin [-v] unmount [-t TARGET]
#        curtin [-v] apt-config [-t TARGET] -c FILE…
set -eu

usage() {
    echo "curtin${sub_command:+ }${sub_command-}: $1" >&2
    exit 2
}

# Sources a part of the installer's own library, which lies beside this command.
library=${0%/*}
say() { printf '%s\n' "$*"; }
die() {
    printf 'curtin: %s\n' "$*" >&2
    exit 1
}

find_target() {
    # shellcheck source=target.sh
    . "$library/target.sh"
    [ -n "$target" ] || usage 'no target; use -t or set TARGET_MOUNT_POINT'
    [ -d "$target" ] || usage "'$target' is not a directory"
    target=${target%/}
}

# Makes the target ready for commands unless it is.
enter() {
    find_target
    entered=no
    if [ -n "$target" ] && ! mountpoint -q "$target/proc"; then
        entered=yes
        enter_target "$target"
    fi
}

# Puts the files that are to be read, one a line, into a list: standard input is kept in a file first.
add_config() {
    config_file=$1
    if [ "$config_file" = - ]; then
        config_file=$(mktemp)
        cat >"$config_file"
    fi
    [ -r "$config_file" ] || usage "cannot read '$config_file'"
    configs="$configs$config_file
"
}

# Does what the section apt of the given files asks for.
apt_config() {
    while [ $# -gt 0 ]; do
        case $1 in
            -t | --target)
                [ $# -gt 1 ] || usage "$1 needs a directory"
                target=$2
                shift 2
                ;;
            --target=*) target=${1#--target=} && shift ;;
            -c | --config)
                [ $# -gt 1 ] || usage "$1 needs a file"
                add_config "$2"
                shift 2
                ;;
            --config=*)
                add_config "${1#--config=}"
                shift
                ;;
            *) usage "unknown option '$1'" ;;
        esac
    done
    enter
    target=${target:-/}
    work=$(mktemp -d)
    trap 'leave_apt_config' EXIT
    # shellcheck source=apt.sh
    . "$library/apt.sh"
    # shellcheck disable=SC2086 # one file a line
    (IFS='
' && python3 "$library/apt-steps" $configs) >"$work/steps"
    # shellcheck source=/dev/null
    . "$work/steps"
}

leave_apt_config() {
    rm -rf "$work"
    [ "$entered" = no ] || leave_target "$target"
}

sub_command='' configs=''
while :; do
    case ${1-} in
        -v | -vv | -vvv | --verbose | --showtrace) shift ;;
        -c | --config)
            [ $# -gt 1 ] || usage "$1 needs a file"
            add_config "$2"
            shift 2
            ;;
        *) break ;;
    esac
done
[ $# -gt 0 ] || usage 'no sub-command; the built-in installer knows: in-target, apt-config, unmount'
sub_command=$1
target=${TARGET_MOUNT_POINT-} capture=no
shift
case $sub_command in
    in-target | unmount) [ -z "$configs" ] || usage 'it reads no configuration' ;;
    apt-config)
        apt_config "$@"
        exit 0
        ;;
    *)
        unknown=$sub_command sub_command=''
        usage "the built-in installer has no sub-command '$unknown'; it knows: in-target, apt-config, unmount"
        ;;
esac
while [ $# -gt 0 ]; do
    case $1 in
        -t | --target)
            [ $# -gt 1 ] || usage "$1 needs a directory"
            target=$2
            shift 2
            ;;
        --target=*) target=${1#--target=} && shift ;;
        -t?*) target=${1#-t} && shift ;;
        --capture) capture=yes && shift ;;
        -a | --allow-daemons | -i | --interactive) shift ;;
        --) shift && break ;;
        -*) usage "unknown option '$1'" ;;
        *) break ;;
    esac
done
if [ "$sub_command" = unmount ]; then
    find_target
    leave_target "$target"
    if mountpoint -q "$target"; then umount --recursive "$target"; fi
    exit 0
fi
[ $# -gt 0 ] || usage 'no command'
enter
status=0
if [ "$capture" = yes ]; then
    captured=$(chroot "${target:-/}" "$@" 2>&1) || status=$?
    [ "$status" = 0 ] || printf '%s\n' "$captured" >&2
else
    chroot "${target:-/}" "$@" || status=$?
fi
[ "$entered" = no ] || leave_target "$target"
exit "$status"
