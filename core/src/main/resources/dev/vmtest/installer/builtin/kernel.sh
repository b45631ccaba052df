# Which kernel the target has: the image's own, or a package of the target's sources.

remove_packages() {
    in_target env DEBIAN_FRONTEND=noninteractive apt-get purge --yes --quiet "$@"
}

# Returns whether the target has a package or its sources offer it; their lists are as they were fetched for 'apt:'.
is_available() {
    is_installed "$1" || chroot "$target" apt-cache pkgnames "$1" 2>/dev/null | grep -Fqx -- "$1"
}

# Sees to it that the target has a package of a kernel.
install_kernel() {
    if is_installed "$1"; then
        say "the kernel package $1 is installed already"
    elif is_available "$1"; then
        in_target env DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends "$1"
    else
        die "the kernel package '$1' is neither in the install image nor in a package source of the target"
    fi
}

# Sees to it that the target has the package of the kernel that runs here, by a table as curtin has it: the package for
# where no row fits or its package is nowhere (may be empty), then codename, version and suffix of each row.
map_kernel() {
    map_fallback=$1 map_running=$(uname -r) map_package=''
    shift
    case $map_running in
        *-*-*) ;;
        *) die "the kernel $map_running has no name of the form VERSION-ABI-FLAVOR, to which 'mapping' could apply" ;;
    esac
    # shellcheck disable=SC2016 # the target's shell reads the variable
    map_codename=$(chroot "$target" sh -c '. /etc/os-release && printf "%s\n" "${VERSION_CODENAME-}"')
    map_flavor=${map_running#*-}
    map_flavor=${map_flavor#*-}
    while [ $# != 0 ]; do
        if [ "$1" = "$map_codename" ] && [ "$2" = "${map_running%%-*}" ]; then
            map_package=linux-$map_flavor$3
        fi
        shift 3
    done
    if [ -n "$map_package" ] && is_available "$map_package"; then
        say "for the kernel $map_running of $map_codename 'mapping' names $map_package"
        install_kernel "$map_package"
    elif [ -n "$map_fallback" ]; then
        say "for the kernel $map_running of $map_codename 'mapping' names ${map_package:-nothing}, so $map_fallback it is"
        install_kernel "$map_fallback"
    elif [ -n "$map_package" ]; then
        die "the kernel package '$map_package', which 'mapping' names, is nowhere, and there is no 'fallback_package'"
    else
        say "for the kernel $map_running of $map_codename 'mapping' names nothing: the image's stays"
    fi
}

# Notes the target's kernel, which must be there.
check_kernel() {
    kernel_version=$(find "$target/boot" -maxdepth 1 -name 'vmlinuz-*' -printf '%f\n' | sed 's/^vmlinuz-//' | sort -V | tail -n 1)
    [ -n "$kernel_version" ] || die 'the target has no kernel in /boot'
    say "the target's kernel is $kernel_version"
}

