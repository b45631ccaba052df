#!/bin/sh
# Run a command that does not outlive the JVM which started it.
#
# Arguments: "group" or "single", seconds of grace, input file, command...
# Standard input is the lifeline: a pipe that only the JVM holds open. It carries the
# requests TERM, KILL and EXITED (the command is gone and reaped); its end means that the JVM is gone.
#
# In mode "group" the caller has put this shell into a session of its own (setsid). The guard is a
# member of the command's process group: so the group's id cannot be reused while the guard lives,
# and a KILL of the group ends the guard too. In mode "single" (a command on the user's terminal)
# only the command itself is signalled.
#
# The guard is forked twice: the command must not find a child that it did not start.

mode=$1 grace=$2 input=$3
shift 3

if [ "$mode" = group ]; then
    target=-$$
else
    target=$$
fi

guard() {
    # By exec: a redirection of the call would keep copies of the command's output open (dash).
    exec >/dev/null 2>&1
    cd /
    while IFS= read -r request <&3; do
        case $request in
            TERM | KILL) kill -s "$request" -- "$target" ;;
            # In mode "single" the id may be somebody else's from now on, so nothing is signalled any more.
            EXITED) break ;;
        esac
    done
    if kill -s 0 "$$"; then
        kill -s TERM -- "$target"
    fi
    tenths=$((grace * 10))
    while kill -s 0 "$$" && [ "$tenths" -gt 0 ]; do
        command -p sleep 0.1
        tenths=$((tenths - 1))
    done
    if [ "$mode" = group ] || kill -s 0 "$$"; then
        kill -s KILL -- "$target"
    fi
}

# The lifeline moves to 3; the guard holds neither the output nor the error stream open.
exec 3<&0 </dev/null
(
    trap '' HUP INT QUIT TERM
    guard &
)
exec "$@" <"$input" 3<&-
