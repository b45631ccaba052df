#!/bin/sh
# Stands in for a curtin in tests: has its sub-commands version and pack, and packs a shell script
# that lays the added files out and shows how it would be called. FAKE_CURTIN chooses a misbehaviour.
set -eu
command=$1
shift
case ${FAKE_CURTIN-}:$command in
    broken:*)
        echo 'ModuleNotFoundError: no module named yaml' >&2
        exit 1
        ;;
    no-version:version) exit 0 ;;
    empty:pack)
        echo 'missing dependencies: yaml' >&2
        exit 0
        ;;
    chatty:pack)
        echo 'packing, please wait'
        exit 0
        ;;
    failing:pack)
        echo 'cannot pack: no space' >&2
        exit 7
        ;;
esac
case $command in
    version) echo "${FAKE_CURTIN_VERSION-99.1-2-gabc}" ;;
    pack)
        echo '#!/bin/sh'
        while [ "$1" != -- ]; do
            added=${1#--add=}
            name=${added%%:*} file=${added#*:}
            echo "mkdir -p '${name%/*}'"
            echo "cat >'$name' <<'END_OF_FILE'"
            cat "$file"
            echo END_OF_FILE
            shift
        done
        shift
        printf "printf '%%s\\\\n' 'called:'"
        for word in "$@"; do
            printf " '%s'" "$word"
        done
        echo
        echo "packed by $command" >&2
        ;;
    *) exit 2 ;;
esac
