package dev.vmtest.machine;

import java.util.List;
import java.util.Set;

/** Hold the one table of console texts that decide about a boot; what an install must say is its installer's. */
public final class ConsolePatterns {

    private static final Set<Speaker> KERNEL = Set.of(Speaker.KERNEL);

    /** Who speaks before the kernel does. */
    private static final Set<Speaker> LOADER = Set.of(Speaker.BOOT_LOADER);

    /** Who speaks without a name before init does; on a quiet console nobody has heard the kernel. */
    private static final Set<Speaker> BEFORE_INIT = Set.of(Speaker.BOOT_LOADER, Speaker.INITRAMFS);

    /** Who writes to the terminal as it is, which no program does whose output is collected. */
    static final Set<Speaker> TERMINAL = Set.of(Speaker.BOOT_LOADER, Speaker.INITRAMFS, Speaker.UNNAMED);

    /** Init and what it runs: with a name, or as a line on the terminal. */
    private static final Set<Speaker> INIT =
            Set.of(Speaker.BOOT_LOADER, Speaker.INITRAMFS, Speaker.PROGRAM, Speaker.UNNAMED);

    /** What the kernel says when it gives up. */
    public static final ConsolePattern KERNEL_PANIC = ConsolePattern.of("kernel panic", KERNEL, "Kernel panic -");

    /**
     * After what no boot recovers. A run ends at once when it sees one of these.
     *
     * <p>systemd's {@code Failed to start} is not in it as such: a unit that nothing waits for (a
     * network wait, a timer, cloud-init's last stage after a failing script) may fail and the machine
     * still does all that it should, power-off included. Only units whose failure ends the boot count;
     * the others are {@link #SUSPICIOUS}.
     */
    public static final List<ConsolePattern> FATAL = List.of(
            KERNEL_PANIC,
            ConsolePattern.of(
                    "initramfs shell", BEFORE_INIT, "\\(initramfs\\)|ALERT!.*does not exist.*Dropping to a shell"),
            // sulogin's shell (systemd-sulogin-shell) and dracut's say it, both on the terminal itself.
            ConsolePattern.of(
                    "emergency mode",
                    TERMINAL,
                    "(?i)\\b(?:you are in|welcome to|entering|enter) (?:emergency|rescue) mode"),
            ConsolePattern.of(
                    "locked root in emergency mode", TERMINAL, "Cannot open access to console, the root account"),
            ConsolePattern.of("systemd gave up", Set.of(Speaker.PROGRAM), "systemd\\[1\\]: Freezing execution"),
            ConsolePattern.of(
                    "failed to leave the initramfs",
                    INIT,
                    "(?:systemd\\[1\\]: )?(?:\\[FAILED\\] )?Failed to start"
                            + " (?:initrd-switch-root\\.service|Switch Root)"),
            ConsolePattern.of("out of memory", KERNEL, "Out of memory:"),
            ConsolePattern.of("boot loader stopped", LOADER, "grub rescue>|GRUB Hard Disk Error|^grub>"),
            ConsolePattern.of(
                    "nothing to boot from",
                    LOADER,
                    "No bootable device\\.|Boot failed: not a bootable disk|BdsDxe: No bootable option"),
            ConsolePattern.of("KVM failure", TERMINAL, "KVM internal error"));

    /**
     * What cloud-init says once it has done nothing, because no data source gave it anything to do (its module
     * final_message, and DataSourceNone). Only a guest that gets all its work from its seed is lost then. Its name
     * before it depends on how it was started.
     */
    public static final ConsolePattern NO_SEED = ConsolePattern.of(
            "no seed found",
            INIT,
            "(?:[^\\s:]+: )?(?:[-0-9]+ [0-9:,]+ - cc_final_message\\.py\\[WARNING\\]: Used fallback datasource"
                    + "|Cloud-init v\\. .* finished at .* Datasource DataSourceNone\\b)");

    /** What waits for ever if nobody answers it: cryptsetup-initramfs asks, or systemd-cryptsetup does. */
    public static final List<ConsolePattern> QUESTIONS = List.of(ConsolePattern.of(
            "question for a passphrase that the configuration doesn't hold",
            TERMINAL,
            "(?:Please unlock disk|passphrase for disk) [^:]*: "));

    /** What the kernel says of a task that waits too long; an installer's rules may forbid it. */
    static final ConsolePattern HUNG_TASK =
            ConsolePattern.of("hung task", KERNEL, "INFO:.* blocked for more than.*seconds\\.");

    /** What is worth showing when something else has failed, but ends nothing by itself. */
    public static final List<ConsolePattern> SUSPICIOUS = List.of(
            ConsolePattern.of("failed unit", INIT, "(?:systemd\\[1\\]: |\\[FAILED\\] )Failed to start "),
            ConsolePattern.of("failed dependency", INIT, "(?:systemd\\[1\\]: |\\[DEPEND\\] )Dependency failed for "),
            ConsolePattern.of("kernel oops", KERNEL, "(?:watchdog: |Internal error: )?(?:BUG|Oops): "),
            ConsolePattern.of("I/O error", KERNEL, "(?:\\w+: )?I/O error, dev "),
            HUNG_TASK,
            ConsolePattern.of("collected data does not fit", INIT, "(?:[^\\s:]+: )?vmtest: collect: "));

    private ConsolePatterns() {}
}
