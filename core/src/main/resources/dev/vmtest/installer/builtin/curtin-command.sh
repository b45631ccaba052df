#!/bin/sh
# Stands in for curtin's own command inside the commands of a configuration.
# Knows: curtin [-v] in-target [-t TARGET] [--capture] [-a] -- COMMAND…
#        curtin [-v] unmount [-t TARGET]
set -eu
while :; do
    case ${1-} in
        -v | -vv | -vvv | --verbose | --showtrace) shift ;;
        *) break ;;
    esac
done
[ $# -gt 0 ] || {
    echo 'curtin: no sub-command; the built-in installer knows: in-target, unmount' >&2
    exit 2
}
sub_command=$1
case $sub_command in
    in-target | unmount) shift ;;
    *)
        echo "curtin: the built-in installer has no sub-command '$1'; it knows: in-target, unmount" >&2
        exit 2
        ;;
esac
target=${TARGET_MOUNT_POINT-} capture=no
while [ $# -gt 0 ]; do
    case $1 in
        -t | --target)
            [ $# -gt 1 ] || {
                echo "curtin in-target: $1 needs a directory" >&2
                exit 2
            }
            target=$2
            shift 2
            ;;
        --target=*) target=${1#--target=} && shift ;;
        -t?*) target=${1#-t} && shift ;;
        --capture) capture=yes && shift ;;
        -a | --allow-daemons | -i | --interactive) shift ;;
        --) shift && break ;;
        -*)
            echo "curtin in-target: unknown option '$1'" >&2
            exit 2
            ;;
        *) break ;;
    esac
done
[ -n "$target" ] || {
    echo 'curtin in-target: no target; use -t or set TARGET_MOUNT_POINT' >&2
    exit 2
}
[ -d "$target" ] || {
    echo "curtin in-target: '$target' is not a directory" >&2
    exit 2
}
target=${target%/}
# shellcheck source=target.sh
. "${0%/*}/target.sh"
if [ "$sub_command" = unmount ]; then
    leave_target "$target"
    if mountpoint -q "$target"; then umount --recursive "$target"; fi
    exit 0
fi
[ $# -gt 0 ] || {
    echo 'curtin in-target: no command' >&2
    exit 2
}
entered=no
if [ -n "$target" ] && ! mountpoint -q "$target/proc"; then
    entered=yes
    enter_target "$target"
fi
status=0
if [ "$capture" = yes ]; then
    captured=$(chroot "${target:-/}" "$@" 2>&1) || status=$?
    [ "$status" = 0 ] || printf '%s\n' "$captured" >&2
else
    chroot "${target:-/}" "$@" || status=$?
fi
[ "$entered" = no ] || leave_target "$target"
exit "$status"
