package dev.vmtest.cli;

import dev.vmtest.installconfig.ConfigSchema;
import dev.vmtest.report.ResultSchemas;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Print the JSON schemas of what is read and written. */
@Command(
        name = "schema",
        description = {
            "Prints the JSON schema of a configuration, or of what a run writes.",
            "",
            "An editor that knows it completes a configuration and marks what no reader knows.",
            ""
        },
        mixinStandardHelpOptions = true)
final class SchemaCommand implements Callable<Integer> {

    /** What has a schema. */
    enum Document {
        CONFIG,
        RESULTS,
        RESULT,
        UNITS,
        EVENT
    }

    private final Invocation invocation;

    @Parameters(
            paramLabel = "DOCUMENT",
            arity = "0..1",
            defaultValue = "config",
            description =
                    "config (the YAML of a test; the default), results (results.json), result (result.json), units"
                            + " (units.json) or event (a line of logs/run.jsonl).")
    private Document document = Document.CONFIG;

    SchemaCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Map<String, Object> schema = switch (document) {
            case CONFIG -> ConfigSchema.of();
            case RESULTS -> ResultSchemas.results();
            case RESULT -> ResultSchemas.result();
            case UNITS -> ResultSchemas.units();
            case EVENT -> ResultSchemas.event();
        };
        JsonMapper indented =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        invocation.out().println(indented.writeValueAsString(schema));
        return ExitStatus.SUCCESS;
    }
}
