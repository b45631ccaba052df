package dev.vmtest.cli;

import dev.vmtest.config.Problems;
import dev.vmtest.session.SessionOptions;
import dev.vmtest.session.TestDefaults;
import dev.vmtest.settings.Settings;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import dev.vmtest.text.Printable;
import dev.vmtest.text.PrintableJson;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** List tests and their attributes. */
@Command(
        name = "list",
        description = {"Lists the tests, each with its releases, firmware and configuration.", ""},
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ListCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Mixin
    private SelectionOptions selection = new SelectionOptions();

    @Option(names = "--json", description = "Print a JSON list: all attributes of each test on each release.")
    private boolean json;

    ListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Selection selected = selection.select(SessionOptions.DEFAULT, invocation.environment());
        TestCases testCases =
                new TestCases(TestDefaults.of(SessionOptions.DEFAULT, Settings.read(invocation.environment())));
        Problems problems = selected.problems();
        List<TestCase> all = new ArrayList<>();
        for (TestDefinition definition : selected.definitions()) {
            List<TestCase> cases = testCases.of(definition, definition.releases(), problems);
            all.addAll(cases);
            if (!json && !cases.isEmpty()) {
                invocation.out().println(line(cases));
            }
        }
        problems.throwIfAny();
        if (json) {
            invocation
                    .out()
                    .println(PrintableJson.builder()
                            .build()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(all.stream().map(Attributes::of).toList()));
        }
        return ExitStatus.SUCCESS;
    }

    private static String line(List<TestCase> cases) {
        TestCase first = cases.get(0);
        return Printable.line("%-24s %-18s %-5s %s"
                .formatted(
                        first.name(),
                        String.join(",", first.definition().releases()),
                        Attributes.of(first).get("firmware"),
                        first.definition().config().name()));
    }
}
