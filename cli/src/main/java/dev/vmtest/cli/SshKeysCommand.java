package dev.vmtest.cli;

import dev.vmtest.process.SupervisedProcesses;
import dev.vmtest.session.SshKeys;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.ObjectMapper;

/** Print the public keys that may log in to guests. */
@Command(
        name = "ssh-keys",
        description = {
            "Prints the public keys of this user, which may log in to every guest: those of the ssh agent and of"
                    + " ~/.ssh.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class SshKeysCommand implements Callable<Integer> {

    /** Name a form in which keys are printed. */
    enum Form {
        DUMP,
        CLOUD_CONFIG,
        META_DATA,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Invocation invocation;

    @Parameters(
            paramLabel = "FORM",
            arity = "0..1",
            description = "One of ${COMPLETION-CANDIDATES}: a line each, or as a document (default: dump).")
    private Form form = Form.DUMP;

    SshKeysCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        List<String> keys;
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            keys = SshKeys.of(invocation.environment(), processes);
        }
        invocation
                .out()
                .print(
                        switch (form) {
                            case DUMP -> keys.stream().map(key -> key + "\n").collect(Collectors.joining());
                            case CLOUD_CONFIG -> "#cloud-config\n" + list("ssh_authorized_keys", keys);
                            case META_DATA -> list("public-keys", keys);
                            case JSON ->
                                new ObjectMapper()
                                                .writerWithDefaultPrettyPrinter()
                                                .writeValueAsString(keys) + "\n";
                        });
        return ExitStatus.SUCCESS;
    }

    /** JSON is YAML, and knows how to quote. */
    private static String list(String name, List<String> keys) {
        return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Map.of(name, keys)) + "\n";
    }
}
