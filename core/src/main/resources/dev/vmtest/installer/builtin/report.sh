# Reporting: what the install says to the console, to the log and to the report endpoints.

say() {
    printf '%s\n' "$*"
}

# Ends the install with a reason; the exit trap adds the step and its place in the YAML.
die() {
    failure=$*
    printf 'error: %s\n' "$failure"
    exit 1
}

# Shows a command, then runs it.
run() {
    last_command=$*
    printf '+ %s\n' "$*"
    "$@"
}

# Begins a step: what it does, the storage action or key it serves, and where that stands.
at() {
    step_place=$1 step_action=$2 step_name=$3 last_command=''
    printf '%s: %s: %s\n' "$step_place" "$step_action" "$step_name"
}

# Prints standard input as the inside of a JSON string. Bytes that are not UTF-8 are dropped.
json_escape() {
    iconv -c -f UTF-8 -t UTF-8 2>/dev/null | LC_ALL=C awk '
        BEGIN {
            for (code = 1; code < 32; code++) escapes[sprintf("%c", code)] = sprintf("\\u%04x", code)
            escapes["\""] = "\\\""
            escapes["\\"] = "\\\\"
            escapes["\t"] = "\\t"
            escapes["\r"] = "\\r"
        }
        {
            if (NR > 1) printf "\\n"
            rest = $0
            while (match(rest, /["\\\001-\037]/)) {
                printf "%s%s", substr(rest, 1, RSTART - 1), escapes[substr(rest, RSTART, 1)]
                rest = substr(rest, RSTART + 1)
            }
            printf "%s", rest
        }'
}

json_string() {
    case $1 in
        *[!A-Za-z0-9\ _./:,\'=@%+-]*) printf '"%s"' "$(printf '%s' "$1" | json_escape)" ;;
        *) printf '"%s"' "$1" ;;
    esac
}

# Prints one report event: type, name, description, level, result (empty for a start), and the
# files to send along, one a line (empty for none).
event() {
    printf '{"name": %s, "description": %s, "event_type": "%s", "origin": "curtin", "timestamp": %s, "level": "%s"' \
        "$(json_string "$2")" "$(json_string "$3")" "$1" "$(date +%s.%6N)" "$4"
    [ -z "$5" ] || printf ', "result": "%s"' "$5"
    if [ -n "$6" ]; then
        event_separator=', "files": ['
        printf '%s\n' "$6" | {
            while read -r event_file; do
                [ -f "$event_file" ] || continue
                printf '%s{"path": %s, "content": "' "$event_separator" "$(json_string "$event_file")"
                base64 -w 0 "$event_file"
                printf '", "encoding": "base64"}'
                event_separator=', '
            done
            [ "$event_separator" != ', ' ] || printf ']'
        }
    fi
    printf '}\n'
}

# Posts a file with an event to an endpoint; at most some seconds. A plain address is served by a few
# lines over busybox's nc, which starts much faster than curl under emulation (and its wget crashes
# when it posts, in Debian 12).
post() {
    case $2 in
        http://*[]@]*) post_by_curl "$1" "$2" ;;
        http://*/*)
            if busybox nc --help >/dev/null 2>&1; then
                post_by_nc "$1" "${2#http://}"
            else
                post_by_curl "$1" "$2"
            fi
            ;;
        *) post_by_curl "$1" "$2" ;;
    esac
}

post_by_curl() {
    curl -q -fsS --max-time 5 -o /dev/null -H 'Content-Type: application/json' --data-binary "@$1" "$2"
}

post_by_nc() {
    post_host=${2%%/*}
    post_port=80
    case $post_host in
        *:*) post_port=${post_host##*:} ;;
    esac
    {
        printf 'POST /%s HTTP/1.0\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n' \
            "${2#*/}" "$post_host" "$(wc -c <"$1")"
        cat "$1"
    } | timeout 5 busybox nc -w 5 "${post_host%:*}" "$post_port" | {
        read -r _ post_code _ && [ "${post_code#2}" != "$post_code" ]
    }
}

# Posts queued events, in order, in the background, so that a slow endpoint never holds up the
# install. After two failures in a row it drops all events but the last.
post_queue() {
    failures=0
    while read -r number; do
        [ "$number" != end ] || return 0
        for endpoint in $report_endpoints; do
            if [ "$failures" -lt 2 ] || [ "$number" = last ]; then
                if post "$work/events/$number" "$endpoint"; then
                    failures=0
                else
                    failures=$((failures + 1))
                    echo "warning: the report endpoint $endpoint did not take event $number" >&2
                fi
            fi
        done
    done
}

report_open() {
    mkdir -p "$work/events"
    [ -n "$report_endpoints" ] || return 0
    mkfifo "$work/queue"
    post_queue <"$work/queue" &
    report_process=$!
    exec 9>"$work/queue"
}

# Tells those in this machine of an event: type, name, description, level, result (empty for a start).
tell_event() {
    told="$1: $2: ${5:+$5: }$(printf '%s' "$3" | tr '\n' ' ')"
    if [ "$report_prints" = yes ]; then say "$told"; fi
    [ -n "$report_journal" ] || return 0
    case $4 in
        DEBUG) told_priority=7 ;;
        ERROR) told_priority=3 ;;
        *) told_priority=6 ;;
    esac
    {
        printf 'MESSAGE=%s\nPRIORITY=%s\nSYSLOG_IDENTIFIER=%s\n' "$told" "$told_priority" "$report_journal"
        printf 'CURTIN_EVENT_TYPE=%s\nCURTIN_NAME=%s\n' "$1" "$2"
        printf 'CURTIN_MESSAGE=%s\n' "$(printf '%s' "$3" | tr '\n' ' ')"
        [ -z "$5" ] || printf 'CURTIN_RESULT=%s\n' "$5"
    } | logger --journald || echo 'warning: the journal did not take an event' >&2
}

report() {
    tell_event "$@"
    [ -n "$report_endpoints" ] || return 0
    report_count=$((report_count + 1))
    event "$@" >"$work/events/$report_count"
    echo "$report_count" >&9
}

# Sends the last event and waits until the queue is through.
report_close() {
    tell_event "$@"
    [ -n "$report_endpoints" ] || return 0
    event "$@" >"$work/events/last"
    echo last >&9
    echo end >&9
    exec 9>&-
    wait "$report_process" || :
}

start_event() {
    report start "$1" "$2" "${3:-INFO}" '' ''
}

finish_event() {
    report finish "$1" "$2" "${3:-INFO}" SUCCESS ''
}
