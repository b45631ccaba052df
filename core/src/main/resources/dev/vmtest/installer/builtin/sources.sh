# Sources: archives, file systems and whole disks, from this environment or over HTTP.

# Prints what lies at an address. A pipe hides how its first part ended, so that a failure is noted.
fetch_source() {
    case $1 in
        http://* | https://*) wget --quiet --tries=3 --output-document=- "$1" || : >"$work/fetch-failed" ;;
        *) cat "${1#file://}" || : >"$work/fetch-failed" ;;
    esac
}

require_fetched() {
    [ ! -e "$work/fetch-failed" ] || die "$(shown_source "$1") cannot be fetched"
}

# Prints an address without the account in it.
shown_source() {
    printf '%s\n' "$1" | sed 's#//[^/@]*@#//#'
}

# Unpacks the archive on standard input into the target: its first bytes say how it is compressed.
unpack_archive() {
    dd bs=1 count=6 "of=$work/magic" 2>/dev/null
    case $(od -An -tx1 "$work/magic" | tr -d ' \n') in
        1f8b*) unpack_by=--gzip ;;
        425a68*) unpack_by=--bzip2 ;;
        fd377a585a00) unpack_by=--xz ;;
        28b52ffd*) unpack_by=--zstd ;;
        *) unpack_by='' ;;
    esac
    cat "$work/magic" - | tar ${unpack_by:+"$unpack_by"} -C "$target" --xattrs '--xattrs-include=*' -Sxpf - --numeric-owner
}

# Unpacks the archive at an address into the target.
unpack_source() {
    rm -f "$work/fetch-failed"
    say "unpacking $(shown_source "$1")"
    fetch_source "$1" | unpack_archive || die "$(shown_source "$1") is no archive that tar unpacks"
    require_fetched "$1"
}

# Prints the names of the layers below and with a file, the lowest first: the parts of a.b.img are a.img and a.b.img.
layers_of() {
    layer_directory='' layer_name=${1##*/}
    [ "$layer_name" = "$1" ] || layer_directory=${1%/*}/
    layer_end=${layer_name##*.} layer_rest=${layer_name%.*} layer_done=''
    while [ -n "$layer_rest" ]; do
        layer_part=${layer_rest%%.*}
        case $layer_rest in
            *.*) layer_rest=${layer_rest#*.} ;;
            *) layer_rest='' ;;
        esac
        layer_done=${layer_done:+$layer_done.}$layer_part
        printf '%s%s.%s\n' "$layer_directory" "$layer_done" "$layer_end"
    done
}

# Copies the files of a file system, or of layers of them ('single' or 'layered'), to the target: address, what rsync is
# told. What is fetched lies in the target meanwhile: memory may be too small for it.
copy_source() {
    source_form=$1 source_address=$2
    shift 2
    source_store=$target/.source-$$
    mkdir -p "$source_store" "$work/source"
    if [ "$source_form" = layered ]; then
        layers_of "$source_address" >"$work/layers"
    else
        printf '%s\n' "$source_address" >"$work/layers"
    fi
    source_count=0 source_lower=''
    while read -r layer; do
        source_count=$((source_count + 1))
        layer_place=$work/source/$source_count
        mkdir -p "$layer_place"
        case $layer in
            http://* | https://*)
                layer_file=$source_store/$source_count
                say "fetching $(shown_source "$layer")"
                rm -f "$work/fetch-failed"
                fetch_source "$layer" >"$layer_file"
                require_fetched "$layer"
                ;;
            *) layer_file=${layer#file://} ;;
        esac
        [ -s "$layer_file" ] || die "$(shown_source "$layer") does not exist or is empty"
        mount -o loop,ro "$layer_file" "$layer_place" ||
            die "$(shown_source "$layer") is no file system that can be mounted"
        source_lower=$layer_place${source_lower:+:$source_lower}
    done <"$work/layers"
    source_root=$work/source/1
    if [ "$source_count" -gt 1 ]; then
        source_root=$work/source/all
        mkdir -p "$source_root"
        run mount -t overlay overlay -o "lowerdir=$source_lower" "$source_root"
    fi
    if [ $# -gt 0 ]; then
        copy_by_rsync "$source_root" "$@"
    else
        run cp --archive --one-file-system "$source_root/." "$target/"
    fi
    if [ "$source_count" -gt 1 ]; then run umount "$source_root"; fi
    while [ "$source_count" -gt 0 ]; do
        run umount "$work/source/$source_count"
        source_count=$((source_count - 1))
    done
    rm -rf "$source_store"
}

# Prints the disk image on standard input, unpacked by its kind.
unpack_disk_image() {
    case $1 in
        dd-raw) cat ;;
        dd-gz) zcat ;;
        dd-bz2) bzcat ;;
        dd-xz) xzcat ;;
        dd-tar) tar -xOf - ;;
        dd-tgz) tar -xOzf - ;;
        dd-tbz) tar -xOjf - ;;
        dd-txz) tar -xOJf - ;;
    esac || : >"$work/unpack-failed"
}

# Writes the disk image of a kind at an address to a disk, and mounts its root as the target.
write_disk_image() {
    rm -f "$work/fetch-failed" "$work/unpack-failed"
    say "writing $(shown_source "$3") to $1"
    fetch_source "$3" | unpack_disk_image "$2" | dd "of=$1" bs=4M iflag=fullblock conv=fsync status=none ||
        die "$(shown_source "$3") does not fit on $1"
    require_fetched "$3"
    [ ! -e "$work/unpack-failed" ] || die "$(shown_source "$3") is no image of the kind $2"
    run blockdev --rereadpt "$1"
    udevadm settle
    udevadm trigger --settle --subsystem-match=block
    mount_image_root "$1"
}

# Mounts the file system of a disk that has the directory by which an image says which is its root.
mount_image_root() {
    image_root=''
    mkdir -p "$work/probe"
    lsblk --list --noheadings --paths --output=NAME,TYPE "$1" | awk '$2 == "part" { print $1 }' >"$work/parts"
    while read -r image_part; do
        mount -o ro "$image_part" "$work/probe" 2>/dev/null || continue
        if [ -d "$work/probe/curtin" ]; then image_root=$image_part; fi
        umount "$work/probe"
    done <"$work/parts"
    if [ -z "$image_root" ]; then
        lsblk --output=NAME,SIZE,FSTYPE,PARTUUID "$1"
        die "no file system of the disk image has a directory /curtin, by which an image says which is its root"
    fi
    run mount "$image_root" "$target"
}

# Runs the program by which an image configures itself, outside of the target; 1 if there is none.
run_image_hook() {
    [ -f "$target/curtin/curtin-hooks" ] || return 1
    say "the image's own hook configures the system"
    run "$target/curtin/curtin-hooks" || die "the image's /curtin/curtin-hooks ended with exit status $?"
}
