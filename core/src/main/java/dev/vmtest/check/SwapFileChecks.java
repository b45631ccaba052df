package dev.vmtest.check;

import dev.vmtest.config.Location;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.FstabEntry;
import dev.vmtest.facts.Swap;
import dev.vmtest.installconfig.SwapConfig;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Check the swap file that the {@code swap} section asks for, or that there is none. */
final class SwapFileChecks {

    /** What a file is called when nothing names it (curtin's documentation, "swap"). */
    static final String DEFAULT_FILE = "/swap.img";

    private static final long MEBIBYTE = 1 << 20;
    private static final long LARGEST_CHOICE = 8L << 30;
    private static final int SHARE_OF_FREE_SPACE = 4;
    /** What a first boot may free again. */
    private static final long SLACK = 64 * MEBIBYTE;

    private static final long HEADER_PAGE = 4096;

    private SwapFileChecks() {}

    /** Return the checks of a section; one where the size is left to the installer. */
    static List<Check> of(SwapConfig swap) {
        Long size = swap.size();
        if (size == null) {
            return List.of(chosen(swap.location(), fileName(swap), swap.maximumSize()));
        }
        if (size == 0) {
            return List.of(none(swap.location()));
        }
        String file = fileName(swap);
        return List.of(
                Check.of("swap file: active", swap.location(), facts -> active(facts, file)),
                Check.of("swap file: size", swap.location(), facts -> size(facts, file, size)),
                Check.of("swap file: fstab line", swap.location(), facts -> fstab(facts, file)));
    }

    /** Return the check that there is none, where the section switches it off. */
    static Check none(Location location) {
        return Check.of("swap file: absent", location, SwapFileChecks::absent);
    }

    /**
     * Return the check of a file that the installer may choose to make: without a {@code swap} key or
     * without a size.
     *
     * @param most bytes that it must not exceed, or null
     */
    static Check chosen(Location location, String file, @Nullable Long most) {
        return Check.of("swap file: chosen", location, facts -> chosen(facts, file, most));
    }

    /**
     * A chosen file must be both active and in fstab, or neither; and it may be missing only where the room for it is
     * less than half of the memory, which is when curtin makes none (curtin/swap.py). The room is a quarter of the free
     * space, or what {@code maxsize} says.
     */
    private static Outcome chosen(Facts facts, String file, @Nullable Long most) {
        Optional<Swap> swap = find(facts, file);
        boolean listed = facts.fstab().stream().anyMatch(entry -> entry.spec().equals(file));
        if (swap.isPresent() != listed) {
            return Outcome.failed(file + " should be active as swap and in fstab, or neither, but is only "
                    + (listed ? "in fstab" : "active"));
        }
        if (swap.isPresent()) {
            long size = swap.get().size() + HEADER_PAGE;
            if (most != null && size > most) {
                return Outcome.failed("the size of " + file + " should be at most " + most + " bytes but is " + size);
            }
            return size % MEBIBYTE == 0
                    ? fstab(facts, file)
                    : Outcome.failed("the size of " + file + " should be whole MiB but is " + size + " bytes");
        }
        if (facts.mount("/").filter(root -> root.fileSystem().equals("zfs")).isPresent()) {
            return Outcome.passed("there is no " + file + ", which ZFS cannot hold");
        }
        long memory = facts.memory();
        long free = facts.freeSpace("/");
        long room = most == null ? Math.min(LARGEST_CHOICE, free / SHARE_OF_FREE_SPACE) : Math.min(most, free / 10 * 9);
        return room > memory / 2 + SLACK
                ? Outcome.failed(
                        "there should be a swap file: the room for it is " + room + " bytes, for a memory of " + memory)
                : Outcome.passed("there is no room for a swap file that would help");
    }

    static String fileName(SwapConfig swap) {
        String name = swap.fileName();
        if (name == null || name.isEmpty()) {
            return DEFAULT_FILE;
        }
        return name.startsWith("/") ? name : "/" + name;
    }

    private static Outcome absent(Facts facts) {
        List<String> files = facts.swaps().stream()
                .filter(swap -> swap.type().equals("file"))
                .map(Swap::path)
                .toList();
        List<FstabEntry> entries = facts.fstab().stream()
                .filter(entry -> entry.type().equals("swap") && entry.spec().equals(DEFAULT_FILE))
                .toList();
        return files.isEmpty() && entries.isEmpty()
                ? Outcome.passed("no file is active as swap")
                : Outcome.failed("there should be no swap file but active are " + files + ", in fstab " + entries);
    }

    private static Optional<Swap> find(Facts facts, String file) {
        return facts.swaps().stream().filter(swap -> swap.path().equals(file)).findFirst();
    }

    private static Outcome active(Facts facts, String file) {
        List<String> paths = facts.swaps().stream().map(Swap::path).toList();
        return find(facts, file).filter(swap -> swap.type().equals("file")).isPresent()
                ? Outcome.passed(file + " is active as swap")
                : Outcome.failed(file + " should be active as swap but the active ones are " + paths);
    }

    /** The kernel shows a swap file's size without its first page; installers allocate whole MiB. */
    private static Outcome size(Facts facts, String file, long size) {
        Swap swap = find(facts, file).orElseThrow(() -> new AbsentException(file + " is not active as swap"));
        return Outcome.equal("the size of " + file, size / MEBIBYTE * MEBIBYTE, swap.size() + HEADER_PAGE);
    }

    private static Outcome fstab(Facts facts, String file) {
        List<FstabEntry> entries = facts.fstab().stream()
                .filter(entry -> entry.spec().equals(file))
                .toList();
        List<String> lines = entries.stream().map(FstabEntry::toString).toList();
        List<String> expected = List.of(file + " none swap sw 0 0");
        return Outcome.equal("the list of fstab lines of " + file, expected, lines);
    }
}
