#!/bin/sh
# Hands each key of the terminal on as it is pressed, until this shell is told to end; then the terminal is as
# it was found. Where standard input is no terminal there is nothing to do.
[ -t 0 ] || exit 0
saved=$(stty -g) || exit 1
sleeper=
restore() {
    trap '' HUP INT TERM
    stty "$saved"
    [ -z "$sleeper" ] || kill "$sleeper"
    exit 0
}
trap restore HUP INT TERM
# Line ends that the guest writes still become whole ones, so output processing stays.
stty -icanon -echo -isig -ixon -icrnl min 1 time 0 || exit 1
while :; do
    sleep 86400 &
    sleeper=$!
    wait "$sleeper"
done
