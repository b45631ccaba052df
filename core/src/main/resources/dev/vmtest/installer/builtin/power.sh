# The end of the install environment, as the configuration's power_state has it.

# Shuts down after a while: halt, reboot or poweroff; how long ('now', seconds, '+' and minutes; 5 s without); what those
# who are logged in are told. A command may have put a file there that keeps the machine up, as curtin has it.
power_down() {
    case $1 in
        halt) power_option=-H ;;
        reboot) power_option=-r ;;
        *) power_option=-P ;;
    esac
    power_wait=$2
    case $power_wait in
        now) power_wait=0 ;;
        +*) power_wait=$((${power_wait#+} * 60)) ;;
        '') power_wait=5 ;;
    esac
    sleep "$power_wait"
    [ ! -f "${power_block:-/run/block-curtin-poweroff}" ] || return 0
    shutdown "$power_option" now ${3:+"$3"}
}
