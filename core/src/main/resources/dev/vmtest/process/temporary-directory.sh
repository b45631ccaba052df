#!/bin/sh
# Make a directory and remove it when the JVM is gone or asks for it.
#
# Argument: the directory. Standard input is the lifeline: its end means "remove it now".
# The directory is made here, not in the JVM: so there is no moment in which it exists unguarded.

directory=$1
trap '' HUP INT QUIT TERM
cd / || exit 1
mkdir -m 700 -- "$directory" || exit 1
echo made

while IFS= read -r _; do :; done

# After a killed JVM the guards of its commands need up to five seconds; those commands may still write here.
tenths=100
while [ -e "$directory" ] && [ "$tenths" -gt 0 ]; do
    chmod -R u+rwX -- "$directory" 2>/dev/null
    rm -rf --one-file-system -- "$directory" 2>/dev/null || sleep 0.1
    tenths=$((tenths - 1))
done
[ ! -e "$directory" ]
