package dev.vmtest.cli;

import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Hold the options that take the tests of a run from a list of units. */
final class UnitsOption {

    @Option(
            names = "--units",
            paramLabel = "FILE",
            description =
                    "Run the units of FILE, which 'vmtest units --json' has written, in their order; an error if one"
                            + " of them is not here what it was there.")
    private @Nullable Path file;

    @Option(
            names = "--unit",
            paramLabel = "ID",
            description = "Of the units in --units only this one, TEST/RELEASE/INSTALLER; may be repeated.")
    private List<String> ids = new ArrayList<>();

    boolean isGiven() {
        return file != null;
    }

    /**
     * Return the list.
     *
     * @throws UsageException if it cannot be read, or holds nothing that was asked for
     */
    UnitList read() {
        Path given = Terminal.required(file);
        try {
            UnitList list = ResultFiles.readUnits(given);
            if (list.units().isEmpty()) {
                throw new UsageException("--units " + given + " lists no unit");
            }
            return list;
        } catch (IOException unreadable) {
            throw new UsageException("--units: " + PlainTrouble.of(unreadable, given));
        }
    }

    /** Return which units of a list were asked for. */
    List<Unit> chosen(UnitList list) {
        List<String> unknown =
                ids.stream().filter(id -> list.find(id).isEmpty()).toList();
        if (!unknown.isEmpty()) {
            throw new UsageException(unknown.stream()
                    .map(id -> "--unit " + id + ": " + file + " lists no such unit, but "
                            + list.units().get(0).id()
                            + (list.units().size() == 1
                                    ? ""
                                    : " and " + (list.units().size() - 1) + " more"))
                    .toList());
        }
        return ids.isEmpty()
                ? list.units()
                : list.units().stream().filter(unit -> ids.contains(unit.id())).toList();
    }

    /**
     * Refuse options that mean something else.
     *
     * @throws UsageException if there is something to refuse
     */
    void requireAlone(boolean namesTests) {
        if (file == null && !ids.isEmpty()) {
            throw new UsageException("--unit names one of the units in a list; name the list with --units FILE");
        }
        if (file != null && namesTests) {
            throw new UsageException(
                    "--units names the tests and their releases; leave out TEST, --filter and --release");
        }
    }
}
