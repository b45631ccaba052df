package dev.vmtest.machine;

import java.time.Duration;

/** Say how a machine's run ended. Each carries the time from QEMU's start to its end. */
public sealed interface MachineEnd {

    /** Return the time from QEMU's start to its end. */
    Duration vmTime();

    /** Return one line for people. */
    String summary();

    /** The guest powered itself off and QEMU ended with status 0: the only good end. */
    record GuestShutdown(Duration vmTime) implements MachineEnd {

        @Override
        public String summary() {
            return "the guest powered off";
        }
    }

    /** The guest reset, which ends a machine that must not reboot. */
    record GuestReset(Duration vmTime) implements MachineEnd {

        @Override
        public String summary() {
            return "the guest reset instead of powering off";
        }
    }

    /** The guest's kernel said through its panic device that it panicked. */
    record GuestPanic(Duration vmTime) implements MachineEnd {

        @Override
        public String summary() {
            return "the guest's kernel panicked";
        }
    }

    /** The console showed that nothing good could follow. */
    record Doomed(Duration vmTime, ConsoleFinding finding) implements MachineEnd {

        @Override
        public String summary() {
            return "the guest cannot go on: " + finding.summary();
        }
    }

    /**
     * A limit passed.
     *
     * @param limit which one
     * @param allowed its length
     * @param qemu what QEMU answered when it was asked how it is, and what it got of the processors; or empty
     */
    record TimedOut(Duration vmTime, Limit limit, Duration allowed, String qemu) implements MachineEnd {

        /** Tell of a limit that passed while nobody asked QEMU. */
        public TimedOut(Duration vmTime, Limit limit, Duration allowed) {
            this(vmTime, limit, allowed, "");
        }

        /** Name a limit. */
        public enum Limit {
            TOTAL,
            FIRST_OUTPUT,
            SILENCE
        }

        /** Return which limit passed, without what QEMU said of it. */
        public String passed() {
            return switch (limit) {
                case TOTAL -> "the guest was not done after " + allowed.toSeconds() + " s";
                case FIRST_OUTPUT -> "the guest wrote nothing to its console for " + allowed.toSeconds() + " s";
                case SILENCE -> "the guest gave no sign of life for " + allowed.toSeconds() + " s";
            };
        }

        @Override
        public String summary() {
            return qemu.isEmpty() ? passed() : passed() + "; " + qemu;
        }
    }

    /** QEMU ended although nobody asked it to: trouble of the host, not of the guest. */
    record QemuExited(Duration vmTime, int status, String lastOutput) implements MachineEnd {

        @Override
        public String summary() {
            return "QEMU ended with status " + status + (lastOutput.isEmpty() ? "" : ": " + lastOutput);
        }
    }

    /**
     * The host could not go on: QEMU stopped the guest for lack of space, an I/O error or a failure of KVM, or QEMU
     * itself was stopped or does not answer.
     */
    record HostTrouble(Duration vmTime, String reason) implements MachineEnd {

        @Override
        public String summary() {
            return "the host could not go on running the guest: " + reason;
        }
    }

    /** Somebody asked for the end. */
    record Cancelled(Duration vmTime) implements MachineEnd {

        @Override
        public String summary() {
            return "cancelled";
        }
    }
}
