package dev.vmtest.check;

import dev.vmtest.facts.Facts;
import dev.vmtest.facts.FstabEntry;
import dev.vmtest.facts.Swap;
import dev.vmtest.installconfig.SwapConfig;
import java.util.List;
import java.util.Optional;

/** Check the swap file that the {@code swap} section asks for, or that there is none. */
final class SwapFileChecks {

    /** What a file is called when nothing names it (curtin's documentation, "swap"). */
    static final String DEFAULT_FILE = "/swap.img";

    private static final long MEBIBYTE = 1 << 20;
    private static final long HEADER_PAGE = 4096;

    private SwapFileChecks() {}

    /** Return the checks of a section; none where the size is left to the installer. */
    static List<Check> of(SwapConfig swap) {
        Long size = swap.size();
        if (size == null) {
            return List.of();
        }
        if (size == 0) {
            return List.of(Check.of("swap file: absent", swap.location(), SwapFileChecks::absent));
        }
        String file = fileName(swap);
        return List.of(
                Check.of("swap file: active", swap.location(), facts -> active(facts, file)),
                Check.of("swap file: size", swap.location(), facts -> size(facts, file, size)),
                Check.of("swap file: fstab line", swap.location(), facts -> fstab(facts, file)));
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
