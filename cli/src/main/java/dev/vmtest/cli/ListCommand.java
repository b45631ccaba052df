package dev.vmtest.cli;

import dev.vmtest.junit.VmTests;
import dev.vmtest.run.TestDefinition;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.ObjectMapper;

/** List the tests of the suite and their attributes. */
@Command(name = "list", description = "Lists the tests and their attributes.", mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print a JSON list.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Terminal.required(spec).commandLine().getOut();
        List<TestDefinition> tests =
                Suite.classes().stream().map(VmTests::definition).toList();
        if (json) {
            out.println(new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(
                            tests.stream().map(ListCommand::attributes).toList()));
            return ExitStatus.SUCCESS;
        }
        for (TestDefinition test : tests) {
            out.printf(
                    "%-28s %-20s %s%n",
                    test.name(),
                    String.join(",", test.releases()),
                    test.config().name());
        }
        return ExitStatus.SUCCESS;
    }

    private static Map<String, Object> attributes(TestDefinition test) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("name", test.name());
        attributes.put("class", test.origin());
        attributes.put("config", test.config().name());
        attributes.put("releases", test.releases());
        attributes.put("uefi", test.machine().uefi());
        return attributes;
    }
}
