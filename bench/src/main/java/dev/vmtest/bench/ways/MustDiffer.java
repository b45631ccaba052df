package dev.vmtest.bench.ways;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Know what differs between any two installs of the same configuration, and why. Everything else must be equal. */
final class MustDiffer {

    /**
     * Name files that tell what happened, not what there is.
     *
     * @param path a regular expression of a file or directory below the collected ones
     * @param why why it is not compared
     */
    private record Skipped(String path, String why) {}

    private static final List<Skipped> FILES = List.of(
            new Skipped("vmtest-nonce", "it is drawn for each run"),
            new Skipped("collect-status.txt", "it holds times"),
            new Skipped("journal.txt", "it holds times, in the order in which things happened"),
            new Skipped("var-log-journal", "it holds times, in the order in which things happened"),
            new Skipped("cloud-init.log", "it holds times, in the order in which things happened"),
            new Skipped("cloud-init-output.log", "it holds times, in the order in which things happened"),
            new Skipped("run_cloud-init", "it holds times and this boot's instance"),
            new Skipped("var_lib_cloud", "it holds times and this boot's instance"),
            new Skipped(
                    "facts/boot/[a-z]+\\.core",
                    "GRUB's core image names the array or volume that /boot is on, compressed and summed up"),
            new Skipped("collect-scripts", "a shell tells its commands in the order in which they ran side by side"),
            new Skipped("facts/meminfo", "it is about the moment in which it was read"),
            new Skipped("root/curtin-install.log", "it holds times and the names of disks in the install environment"));

    /**
     * Replace a part of a line.
     *
     * @param file the files that it is about
     * @param part what is replaced
     * @param by what stands for it
     */
    private record Replaced(Pattern file, Pattern part, String by) {

        private Replaced(String file, String part, String by) {
            this(Pattern.compile(file), Pattern.compile(part), by);
        }
    }

    private static final String ANY = ".*";
    private static final String EXT = "facts/ext/.*|[^/]+\\.dump";
    private static final String MD_STATE = "mdstat";
    private static final String LINKS = "E: DEVLINKS=";

    private static final List<Replaced> PARTS = List.of(
            // What is drawn anew and belongs to no block device.
            new Replaced(ANY, "(?i)\\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b", "<uuid>"),
            new Replaced(ANY, "\\b[0-9a-f]{8}(:[0-9a-f]{8}){3}\\b", "<array uuid>"),
            new Replaced(ANY, "\\bLVM-[A-Za-z0-9]{64}", "LVM-<uuids>"),
            new Replaced(ANY, "\\b[A-Za-z0-9]{6}(-[A-Za-z0-9]{4}){5}-[A-Za-z0-9]{6}\\b", "<lvm uuid>"),
            new Replaced(ANY, "\\bCRYPT-([A-Z0-9]+)-[0-9a-f]{32}\\b", "CRYPT-$1-<uuid>"),
            new Replaced("facts/luks/.*", "([0-9a-f]{2} ){7,}[0-9a-f]{2}", "<bytes>"),
            new Replaced(ANY, "\\binst-[0-9a-f]+\\b", "<instance>"),
            new Replaced(ANY, "/tmp/curtin\\.[A-Za-z0-9]+", "/tmp/curtin.<random>"),
            // Every path of a multipath disk claims this link.
            new Replaced("facts/links|ls_al_byid", "(scsi-S\\S+(?: ->)?\\s+)\\.\\./\\.\\./<scsi:[0-9:]+>", "$1<path>"),
            // The names that disks had in the install environment, where their order is not fixed.
            new Replaced("fstab", "was on /dev/[a-z0-9]+ during", "was on <device> during"),
            // The seed's disk is made for each boot.
            new Replaced(ANY, "\\b20[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2}-[0-9]{2}\\b", "<made>"),
            // Where reports go: a port and a secret of this run.
            new Replaced("root/curtin-install-cfg.yaml", "http://[^\\s'\"]+", "<url>"),
            // Sums over what holds one of them.
            new Replaced("esp-[a-z]+", "^[0-9a-f]{64}(?= +\\./EFI/debian/grub\\.cfg$)", "<checksum>"),
            new Replaced(EXT, "(Checksum|Journal checksum):.*", "$1: <checksum>"),
            new Replaced("facts/bcache/.*", "sb\\.csum\\s+\\S+", "sb.csum <checksum>"),
            new Replaced("facts/lsblk\\.json", "\"(fsavail|fsused)\": *[0-9]+", "$1 <room>"),
            new Replaced(EXT, "Free blocks:.*", "Free blocks: <room>"),
            // A key is derived with as much time and memory as the machine had to give just then.
            new Replaced("facts/luks/.*", "(Memory|Iterations|Time cost): +[0-9]+", "$1: <measured>"),
            // What has not been written since it was assembled.
            new Replaced("facts/md/.*", "array_state=(clean|active|active-idle|read-auto|write-pending)$", "<sound>"),
            // The number of a disk, given in the order in which drivers find them, side by side.
            new Replaced("facts/links|facts/udevadm|ls_.*", "\\bby-diskseq/[0-9]+", "by-diskseq/<number>"),
            new Replaced("facts/udevadm", "(DISKSEQ=|^Q: )[0-9]+", "$1<number>"),
            // Numbers that the kernel gives in the order in which things are mounted.
            new Replaced("facts/mountinfo", "^[0-9]+ [0-9]+ ", ""),
            new Replaced("facts/mountinfo", "\\bshared:[0-9]+", "shared"),
            // How much was written depends on when the kernel wrote it.
            new Replaced(EXT, "(Lifetime writes|Journal sequence|Journal start):.*", "$1: <number>"),
            // The kernel lays its memory out at random, and file systems in memory are sized by what is left.
            new Replaced("facts/findmnt\\.json|facts/mountinfo|proc_mounts", "size=[0-9]+k,nr_inodes=[0-9]+", "<size>"),
            new Replaced("facts/df", "((?:tmpfs|udev) +).*%", "$1<size>"),
            // Logs and caches of the boots so far are of any length; the percentage is compared.
            new Replaced("facts/df", "^(\\S+ +[0-9]+) +[0-9]+ +[0-9]+ +([0-9]+%)", "$1 <room> $2"),
            // The last of those that have no order of their own.
            new Replaced("facts/.*\\.json", ",$", ""),
            // A swap file takes a quarter of that room where the configuration gives no size; the checks know given
            // ones.
            new Replaced("proc-swaps", "(\\bfile\\s+)[0-9]+", "$1<quarter of the room>"),
            // Times.
            new Replaced(EXT, "(Filesystem created|Last [a-z]+(?: time)?):.*", "$1: <time>"),
            new Replaced("facts/ip-route.*", "\"expires\":[0-9]+", "\"expires\":<time>"),
            new Replaced("ls_.*|find_.*", "\\b[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}\\b", "<time>"),
            new Replaced(
                    "ip_a|facts/ip-.*",
                    "(valid_lft|preferred_lft|valid_life_time|preferred_life_time)\\W+[0-9]+",
                    "$1 <time>"),
            new Replaced("facts/udevadm", "USEC_INITIALIZED=[0-9]+", "USEC_INITIALIZED=<time>"));

    /** Files whose lines or blocks have no order of their own; disks are found and mounted side by side. */
    private static final Pattern UNORDERED =
            Pattern.compile("blkid\\.out|find_.*|ls_.*|symlinks\\.txt|facts/links|facts/blkid-probe|facts/udevadm"
                    + "|mdstat|facts/df|facts/dm|facts/iscsi-disks|facts/md/.*|facts/mountinfo|facts/findmnt.*"
                    + "|facts/lsblk\\.json|facts/[plv][vg]s\\.json|proc_mounts|proc_partitions");

    /** What udev was told while an array or volume group was put together, member by member. */
    private static final Pattern ASSEMBLY =
            Pattern.compile("E: (MD_STARTED=|SYSTEMD_WANTS=mdadm-last-resort|LVM_VG_NAME_(IN)?COMPLETE=).*");

    private MustDiffer() {}

    /** Say whether a file is not compared at all. */
    static boolean isSkipped(String path) {
        return FILES.stream().anyMatch(file -> path.matches(file.path() + "(/.*)?"));
    }

    /** Return why each skipped file is, one a line, for people. */
    static List<String> skipped() {
        return FILES.stream().map(file -> file.path() + ": " + file.why()).toList();
    }

    /** Say whether a line of a file is not compared at all. */
    static boolean isSkipped(String path, String line) {
        return path.equals("facts/udevadm") && ASSEMBLY.matcher(line).matches();
    }

    /** Return a line of a file without what must differ. */
    static String replaceIn(String path, String line) {
        String replaced = line;
        if (path.equals("facts/udevadm") && line.startsWith(LINKS)) {
            // udev lists the links of a device in the order of a hash table.
            replaced = LINKS + sortedWords(line.substring(LINKS.length()));
        } else if (path.equals(MD_STATE)) {
            // Levels are listed as modules were loaded, members as they came.
            replaced = sortedWords(line.replace("(auto-read-only)", ""));
        }
        for (Replaced rule : PARTS) {
            if (rule.file().matcher(path).matches()) {
                replaced = rule.part().matcher(replaced).replaceAll(rule.by());
            }
        }
        return replaced;
    }

    private static String sortedWords(String text) {
        return Arrays.stream(text.split(" "))
                .filter(word -> !word.isEmpty())
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** Say whether the order of a file's lines says nothing. */
    static boolean isUnordered(String path) {
        return UNORDERED.matcher(path).matches();
    }
}
