# Run one command and keep what it prints as a file. A command that fails leaves a line in
# collect-failed.txt; what it says on standard error goes to collect-stderr.txt.
keep() {
    kept=$1
    shift
    "$@" >"$kept" 2>>collect-stderr.txt || echo "$kept: exit status $?: $*" >>collect-failed.txt
}

# Copy a file or a directory if it exists.
copy() {
    if [ -e "$1" ]; then
        cp -a "$1" "$2" 2>>collect-stderr.txt || echo "$2: exit status $?: cp $1" >>collect-failed.txt
    fi
}

# Copy the end of a log if it exists.
end_of() {
    if [ -e "$1" ]; then
        keep "$2" tail -c 2000000 "$1"
    fi
}
