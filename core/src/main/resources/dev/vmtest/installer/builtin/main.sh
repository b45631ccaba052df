# Runs the stages. What they print goes to the console and to the log.

# Runs a command of the configuration: stage, name, words. Its environment is curtin's.
run_command() {
    command_event=cmd-install/stage-$1/$2 command_stage=$1 command_name=$2
    shift 2
    start_event "$command_event" "running '$*'" DEBUG
    command_status=0
    CURTIN_REPORTSTACK=$command_event PATH="$work/bin:$PATH" "$@" </dev/null || command_status=$?
    if [ "$command_status" != 0 ]; then
        report finish "$command_event" "running '$*'" ERROR FAIL ''
        die "command '$command_name' of ${command_stage}_commands ended with exit status $command_status:" \
            "$(printf '%.200s' "$*" | tr '\n' ' ')"
    fi
    finish_event "$command_event" "running '$*'" DEBUG
}

# Leaves the place of a failure where the reporting process finds it.
stages_ended() {
    [ "$1" = 0 ] || {
        reason="step '${step_name:-none}'"
        [ -z "$step_action" ] || reason="$reason of $step_action ($step_place)"
        reason="$reason ended with exit status $1${failure:+: $failure}"
        [ -n "$failure" ] || reason="$reason${last_command:+; its last command was '$last_command'}"
        printf '%s\n' "$reason" >"$work/failure"
        printf 'curtin: Installation failed with exception: %s\n' "$reason"
    }
    echo "$1" >"$work/status"
}

run_stages() {
    trap 'stages_ended "$?"' EXIT
    for each_stage in $stage_names; do
        step_place='' step_action='' step_name=''
        echo "$each_stage" >"$work/stage"
        # The last stage may unmount the target.
        [ "$each_stage" != late ] || save_configuration
        start_event "cmd-install/stage-$each_stage" "$(stage_text "$each_stage")"
        "in_stage_$each_stage"
        finish_event "cmd-install/stage-$each_stage" "$(stage_text "$each_stage")"
    done
    echo end >"$work/stage"
    finish_target
}

# Notes outside the target what is needed to go on with this install later, as curtin does.
write_resume_data() {
    [ ! -e "$resume_data" ] || die "$resume_data is there: the built-in installer does not go on with another's install"
    mkdir -p "$(dirname "$resume_data")"
    {
        printf '{"target": %s, "top": %s, ' "$(json_string "$target")" "$(json_string "$work")"
        printf '"scratch": %s, "interfaces": %s, ' "$(json_string "$WORKING_DIR")" "$(json_string "$OUTPUT_INTERFACES")"
        printf '"netconf": %s, ' "$(json_string "$OUTPUT_NETWORK_CONFIG")"
        printf '"netstate": %s, ' "$(json_string "$OUTPUT_NETWORK_STATE")"
        printf '"fstab": %s, "config_file": %s}\n' "$(json_string "$OUTPUT_FSTAB")" "$(json_string "$CONFIG")"
    } >"$resume_data"
}

save_configuration() {
    if [ -n "$save_config" ]; then
        install -D -m 0400 "$CONFIG.yaml" "$(chroot_path "$save_config")"
    fi
}

# Saves the log in the target, and takes the target off.
finish_target() {
    step_place='' step_action=install step_name='finish the target'
    leave_target "$target"
    if [ -n "$save_log" ]; then
        log_mark="saving the log in the target as $save_log"
        say "$log_mark"
        log_tries=0
        # The log is written by another process: wait until it has this line.
        until grep -qF "$log_mark" "$log_file"; do
            log_tries=$((log_tries + 1))
            [ "$log_tries" -lt 100 ] || break
            sleep 0.1
        done
        saved_log=$(chroot_path "$save_log")
        install -D -m 0400 "$log_file" "$saved_log"
        printf '%s\n' "$finished" >>"$saved_log"
    fi
    if [ "$unmount_target" = yes ]; then
        awk '$1 ~ /^\// { print $1 }' /proc/swaps | while read -r swap_area; do
            run swapoff "$swap_area"
        done
        if mountpoint -q "$target"; then run umount --recursive "$target"; fi
        export_made_pools
        detach_iscsi
    else
        say 'the target stays mounted, as the configuration asks'
        sync
    fi
}

# Packs what tells of a failure, with the names that curtin gives: a directory with the logs, the configuration and
# what this environment is.
pack_error_logs() {
    [ -n "$error_archive" ] || return 0
    error_logs=curtin-logs-$(date -u +%Y-%m-%d-%H-%M)
    mkdir -p "$work/$error_logs" "$(dirname "$error_archive")"
    printf '%s\n' "$vmtest_version" >"$work/$error_logs/version"
    uname -a >"$work/$error_logs/uname"
    { ip --oneline address list && ip --oneline route list; } >"$work/$error_logs/network" 2>&1 || :
    cp "$CONFIG" "$work/$error_logs/curtin-config"
    cp /etc/os-release /proc/cmdline /proc/partitions "$log_file" "$work/$error_logs/"
    printf '%s\n' "$post_files" | while read -r packed; do
        if [ -f "$packed" ]; then cp "$packed" "$work/$error_logs/"; fi
    done
    tar -cf "$error_archive" -C "$work" "$error_logs"
}

finished='curtin: Installation finished.'
failure='' report_count=0 step_place='' step_action='' step_name='' last_command=''
work=$(mktemp -d "${TMPDIR:-/tmp}/curtin.XXXXXXXX")
mkdir -p "$work/state" "$work/scratch/rules.d" "$work/bin" "$(dirname "$log_file")"
scratch=$work/scratch
[ -n "$target" ] || target=$work/target
mkdir -p "$target"
target=$(readlink -f "$target")
[ "$log_append" = yes ] || : >"$log_file"
export WORKING_DIR="$scratch" OUTPUT_FSTAB="$work/state/fstab" OUTPUT_INTERFACES="$work/state/interfaces"
export OUTPUT_NETWORK_CONFIG="$work/state/network_config" OUTPUT_NETWORK_STATE="$work/state/network_state"
export TARGET_MOUNT_POINT="$target" CONFIG="$work/state/config"
: >"$OUTPUT_FSTAB"
: >"$OUTPUT_NETWORK_CONFIG"
: >"$OUTPUT_NETWORK_STATE"
write_configuration "$CONFIG"
write_curtin_command "$work/bin"
[ -z "$resume_data" ] || write_resume_data

report_open
start_event cmd-install 'curtin command install' DEBUG
printf 'curtin: Installation started. (vmtest %s)\n' "$vmtest_version" | tee -a "$log_file"
echo 1 >"$work/status"
# A failure in the pipe's first part is read from the status file.
(
    set -e
    run_stages
) 2>&1 | tee -a "$log_file"
status=$(cat "$work/status")
if [ "$status" = 0 ]; then
    printf '%s\n' "$finished" >>"$log_file"
    report_close finish cmd-install 'curtin command install' DEBUG SUCCESS "$post_files"
    if [ "$unmount_target" = yes ]; then rm -rf --one-file-system "$work"; fi
    printf '%s\n' "$finished"
else
    failed_stage=$(cat "$work/stage" 2>/dev/null) || failed_stage=''
    case $failed_stage in
        '' | end) ;;
        *) report finish "cmd-install/stage-$failed_stage" "$(stage_text "$failed_stage")" ERROR FAIL '' ;;
    esac
    pack_error_logs || printf 'warning: the logs could not be packed into %s\n' "$error_archive"
    report_close finish cmd-install 'curtin command install' ERROR FAIL "$post_files"
    exit 1
fi
if [ -n "$power_mode" ]; then
    power_down "$power_mode" "$power_delay" "$power_message" >/dev/null 2>&1 &
fi
