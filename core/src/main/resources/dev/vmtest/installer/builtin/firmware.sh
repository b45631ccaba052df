# The boot entries of UEFI firmware.

# Makes the firmware's variables visible.
open_firmware() {
    [ -d /sys/firmware/efi/efivars ] || die 'this machine did not boot by UEFI, so no boot entry can be written'
    mountpoint -q /sys/firmware/efi/efivars || mount -t efivarfs efivarfs /sys/firmware/efi/efivars
}

# Prints each entry: number, name, what it starts, with tabs between them.
firmware_entries() {
    efibootmgr -v | sed -n 's/^Boot\([0-9A-Fa-f]\{4\}\)[* ] /\1\t/p'
}

firmware_value() {
    efibootmgr | sed -n "s/^$1: //p"
}

# Removes the entries of earlier loaders: those that start a file of a system partition, but for the one that started
# this environment.
remove_old_loaders() {
    open_firmware
    current_entry=$(firmware_value BootCurrent)
    firmware_entries >"$work/entries"
    while IFS='	' read -r entry_number entry_name entry_path; do
        case $entry_path in
            *'File(\EFI'* | */'\EFI'*)
                [ "$entry_number" = "$current_entry" ] || remove_entry "$entry_number" "$entry_name"
                ;;
        esac
    done <"$work/entries"
}

remove_entry() {
    say "removing the firmware's entry $1, $2"
    run efibootmgr --quiet --bootnum "$1" --delete-bootnum </dev/null
}

# Orders the entries: the one that started this environment first; where there is none, or none shall count (yes), those of
# the network, then those with the name of the system, then the others.
order_firmware_entries() {
    old_order=$(firmware_value BootOrder)
    current_entry=$(firmware_value BootCurrent)
    if [ "$1" = no ] && [ -n "$current_entry" ]; then
        new_order=$(printf '%s\n' "$old_order" | tr , '\n' | awk -v first="$current_entry" '
            BEGIN { printf "%s", first }
            $0 != first { printf ",%s", $0 }')
    else
        firmware_entries >"$work/entries"
        new_order=$(printf '%s\n' "$old_order" | tr , '\n' | awk -F '\t' -v label="$2" '
            NR == FNR { name[$1] = tolower($2); next }
            name[$1] ~ /pxe|http|ipv?[46]|network/ { network = network "," $1; next }
            name[$1] == label { own = own "," $1; next }
            { other = other "," $1 }
            END { print substr(network own other, 2) }' "$work/entries" -)
    fi
    case $new_order in
        "$old_order") say "the firmware's order stays $old_order" ;;
        *) run efibootmgr --quiet --bootorder "$new_order" ;;
    esac
}

# Removes the entries that have the name and the path of another; the one that started this environment stays.
remove_duplicate_entries() {
    current_entry=$(firmware_value BootCurrent)
    firmware_entries | awk -F '\t' -v current="$current_entry" '
        { key[NR] = $2 FS $3; number[NR] = $1; name[NR] = $2 }
        $1 == current { seen[$2 FS $3] = 1 }
        END {
            for (line = 1; line <= NR; line++) {
                if (number[line] == current) continue
                if (seen[key[line]]++) print number[line] "\t" name[line]
            }
        }' >"$work/entries"
    while IFS='	' read -r entry_number entry_name; do
        remove_entry "$entry_number" "$entry_name"
    done <"$work/entries"
}
