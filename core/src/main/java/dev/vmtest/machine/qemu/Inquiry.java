package dev.vmtest.machine.qemu;

import dev.vmtest.machine.MachineEnd;
import dev.vmtest.machine.MachineEnd.TimedOut.Limit;
import dev.vmtest.machine.ProcessorShare;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Ask QEMU how it is when a limit of its machine has passed, before the guest is blamed: a QEMU that was stopped, that
 * stopped its guest or that does not answer is the host's trouble.
 *
 * @param limit the limit that has passed
 * @param allowed its length
 * @param until when patience with the answer ends, in time of the machine
 */
record Inquiry(Limit limit, Duration allowed, Duration until) {

    /** A QEMU that runs answers within milliseconds, and within seconds on a host that has far too much to do. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What QEMU says while a guest may blame only itself (QEMU QMP Reference Manual, RunState). */
    private static final Set<String> GUESTS = Set.of("running", "suspended", "guest-panicked", "shutdown", "watchdog");

    /**
     * Judge by QEMU's answer.
     *
     * @param status the state of its answer
     * @param share what QEMU got of the processors since the guest's last sign of life
     */
    MachineEnd answered(Duration now, String status, Optional<ProcessorShare> share) {
        String measured = share.map(known -> "; since the last sign of life it " + known.text())
                .orElse("");
        if (GUESTS.contains(status)) {
            return new MachineEnd.TimedOut(now, limit, allowed, "QEMU says '" + status + "'" + measured);
        }
        return new MachineEnd.HostTrouble(
                now, "QEMU holds it in the state '" + status + "'" + measured + " (" + passed() + ")");
    }

    /**
     * Judge a QEMU that gave no answer.
     *
     * @param why what came instead of it
     * @param state what its process does, as proc_pid_stat(5) has it
     */
    MachineEnd unanswered(Duration now, String why, char state, Optional<ProcessorShare> share) {
        String doing = switch (state) {
            case 'T', 't' -> "; its process is stopped by a signal (state T)";
            case 'D' -> "; its process waits for the host's disk (state D)";
            case ' ' -> "; its process is gone";
            default -> "; its process is in the state " + state;
        };
        String measured = share.map(known -> "; since the guest's last sign of life it " + known.text())
                .orElse("");
        return new MachineEnd.HostTrouble(now, "QEMU " + why + doing + measured + " (" + passed() + ")");
    }

    private String passed() {
        return new MachineEnd.TimedOut(Duration.ZERO, limit, allowed).summary();
    }
}
