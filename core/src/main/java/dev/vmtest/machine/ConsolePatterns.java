package dev.vmtest.machine;

import java.util.List;

/** Hold the one table of console texts that decide about a boot; what an install must say is its installer's. */
public final class ConsolePatterns {

    /**
     * After what no boot recovers. A run ends at once when it sees one of these.
     *
     * <p>systemd's {@code Failed to start} is not in it as such: a unit that nothing waits for (a
     * network wait, a timer, cloud-init's last stage after a failing script) may fail and the machine
     * still does all that it should, power-off included. Only units whose failure ends the boot count;
     * the others are {@link #SUSPICIOUS}.
     */
    public static final List<ConsolePattern> FATAL = List.of(
            ConsolePattern.of("kernel panic", "Kernel panic -"),
            ConsolePattern.of("initramfs shell", "\\(initramfs\\)|ALERT!.*does not exist.*Dropping to a shell"),
            ConsolePattern.of("emergency mode", "(?i)\\b(?:in|entering|enter) (?:emergency|rescue) mode"),
            ConsolePattern.of("locked root in emergency mode", "Cannot open access to console, the root account"),
            ConsolePattern.of("systemd gave up", "systemd\\[1\\]: Freezing execution"),
            ConsolePattern.of(
                    "failed to leave the initramfs", "Failed to start (?:initrd-switch-root\\.service|Switch Root)"),
            ConsolePattern.of("out of memory", "Out of memory:"),
            ConsolePattern.of("boot loader stopped", "grub rescue>|GRUB Hard Disk Error|^grub>"),
            ConsolePattern.of(
                    "nothing to boot from",
                    "No bootable device\\.|Boot failed: not a bootable disk|BdsDxe: No bootable option"),
            ConsolePattern.of("KVM failure", "KVM internal error"));

    /**
     * What cloud-init says once it has done nothing, because no data source gave it anything to do (its module
     * final_message, and DataSourceNone). Only a guest that gets all its work from its seed is lost then.
     */
    public static final ConsolePattern NO_SEED = ConsolePattern.of(
            "no seed found", "Used fallback datasource|Cloud-init v\\. .* finished at .* Datasource DataSourceNone\\b");

    /** What waits for ever if nobody answers it: cryptsetup-initramfs asks, or systemd-cryptsetup does. */
    public static final List<ConsolePattern> QUESTIONS = List.of(ConsolePattern.of(
            "question for a passphrase that the configuration doesn't hold",
            "(?:Please unlock disk|passphrase for disk) [^:]*:[ \\[]"));

    /** What is worth showing when something else has failed, but ends nothing by itself. */
    public static final List<ConsolePattern> SUSPICIOUS = List.of(
            ConsolePattern.of("failed unit", "Failed to start "),
            ConsolePattern.of("failed dependency", "Dependency failed for "),
            ConsolePattern.of("kernel oops", "\\b(?:BUG|Oops): "),
            ConsolePattern.of("I/O error", "\\bI/O error, dev "),
            ConsolePattern.of("collected data does not fit", "vmtest: collect: "));

    private ConsolePatterns() {}
}
