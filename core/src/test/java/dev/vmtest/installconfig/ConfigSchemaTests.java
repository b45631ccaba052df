package dev.vmtest.installconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.ConfigText;
import dev.vmtest.config.JsonSchemas;
import dev.vmtest.config.Problems;
import dev.vmtest.storage.ActionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema is what the readers say: it takes every configuration that they take. */
class ConfigSchemaTests {

    private static final Map<String, Object> SCHEMA = ConfigSchema.of();

    static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../examples/tests"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("autoinstall"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> problems(String yaml) {
        return JsonSchemas.problems(SCHEMA, ConfigText.plain(ConfigFiles.parse("a.yaml", yaml, new Problems())));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyConfigurationOfTheSuiteIsAsTheSchemaSays(Path example) throws IOException {
        assertThat(problems(Files.readString(example).replaceAll("__[A-Z]+_FORMAT__", "ext4")))
                .isEmpty();
    }

    @Test
    void theConfigurationWithEveryKeyIsAsTheSchemaSays() {
        assertThat(JsonSchemas.problems(SCHEMA, ConfigText.plain(ConfigSchema.everyKey())))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            storge: {}                                                       | unknown key storge
            vmtest: {cpu: 2}                                                 | unknown key cpu
            vmtest: {cpus: many}                                             | cpus
            vmtest: {firmware: efi}                                          | firmware
            install: {save_install_log: 1, logfile: x}                       | unknown key logfile
            storage: {version: 1, config: [{id: a, type: disk, seriall: x}]} | none of the forms
            write_files: {a: {path: /x, contents: y}}                        | unknown key contents
            """)
    void whatNoReaderKnowsIsNot(String yaml, String says) {
        assertThat(problems(yaml)).isNotEmpty().anyMatch(problem -> problem.contains(says));
    }

    @Test
    void everyStorageActionHasItsForm() {
        String text = SCHEMA.toString();
        for (ActionType type : ActionType.values()) {
            if (!List.of("dasd", "nvme_controller", "device").contains(type.text())) {
                assertThat(text).contains("const=" + type.text() + "}");
            }
        }
    }
}
