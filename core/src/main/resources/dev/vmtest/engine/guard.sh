#!/bin/sh
# Ends what a run has begun on other hosts when the run ends, however that ends: whoever started this sends TERM when the
# run is over, or its own guard does when the run was killed.
#
# Arguments: the lease of the run, the list of its jobs, the command that cancels jobs.

lease=$1 jobs=$2 cancel=$3

end() {
    rm -f "$lease"
    if [ -s "$jobs" ]; then
        # In a session of its own: the group of this shell has only seconds left, and a busy scheduler needs more.
        # shellcheck disable=SC2046 # a list of numbers
        setsid timeout 60 "$cancel" $(cat "$jobs")
    fi
    exit 0
}

trap end TERM
while :; do
    sleep 86400 &
    wait $!
done
