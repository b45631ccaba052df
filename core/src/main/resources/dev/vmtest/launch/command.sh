#!/bin/sh
# Runs one command of 'vmtest launch' in a directory of its own, with the files that were added.
work=$(mktemp -d) && cd "$work" || exit 1
# @files@
# @command@
status=$?
cd / && rm -rf "$work"
echo "launch: the command ended with exit status $status" >/dev/console
exit "$status"
