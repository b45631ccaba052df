package dev.vmtest.machine;

/**
 * Say what executes the guest's code on this host, and why that and not the other.
 *
 * @param name KVM or TCG
 * @param reason one line for people: the evidence for KVM, or what is in its way
 * @param timeoutScale what a timeout meant for KVM is multiplied by
 */
public record Accelerator(Name name, String reason, double timeoutScale) {

    /** How much slower than hardware TCG may be before a timeout ends a guest. */
    private static final double EMULATION_TIMEOUT_SCALE = 4;

    /** Name an accelerator as QEMU's {@code -accel} does. */
    public enum Name {
        KVM("kvm"),
        TCG("tcg");

        private final String text;

        Name(String text) {
            this.text = text;
        }

        /** Return QEMU's word. */
        public String text() {
            return text;
        }
    }

    /** Return KVM, for the given reason. */
    public static Accelerator kvm(String reason) {
        return new Accelerator(Name.KVM, reason, 1);
    }

    /** Return TCG, for the given reason. */
    public static Accelerator tcg(String reason) {
        return new Accelerator(Name.TCG, reason, EMULATION_TIMEOUT_SCALE);
    }
}
