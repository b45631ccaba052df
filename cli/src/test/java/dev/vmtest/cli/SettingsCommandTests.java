package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.settings.Setting;
import dev.vmtest.settings.SettingsTable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsCommandTests {

    private static final Path ROOT = Path.of("..");

    @Test
    void thePageOfTheDocumentationIsMadeFromTheTable() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/settings.md"))).isEqualTo(SettingsCommand.page());
    }

    @Test
    void eachSettingIsPrintedWithItsValueAndSource(@TempDir Path directory) throws IOException {
        TestHost.Result result = new TestHost(directory)
                .set("CURTIN_VMTEST_BOOT_TIMEOUT", "77")
                .set("apt_proxy", "")
                .set("CURTIN_VMTEST_BOOT_TIMOUT", "1")
                .run("settings");

        assertThat(result.status()).isZero();
        assertThat(result.out())
                .containsPattern("CURTIN_VMTEST_BOOT_TIMEOUT +77 \\(set\\)")
                .containsPattern("CURTIN_VMTEST_APT_PROXY +'' \\(apt_proxy\\)")
                .containsPattern("CURTIN_VMTEST_INSTALL_TIMEOUT +3000 \\(default\\)")
                .containsPattern("CURTIN_VMTEST_CURTIN_EXE +\\(not set\\)");
        assertThat(result.err()).contains("nothing reads the variable CURTIN_VMTEST_BOOT_TIMOUT");
        SettingsTable.all().forEach(setting -> assertThat(result.out()).contains(setting.name(), setting.meaning()));
    }

    @Test
    void everyNameOfASettingIsShownWithTheOneThatDecides(@TempDir Path directory) throws IOException {
        TestHost host = new TestHost(directory);
        TestHost.Result one = host.run("settings");
        SettingsTable.all().forEach(setting -> assertThat(one.out()).contains(setting.names()));
        assertThat(one.out()).containsPattern("(?m)^  IMAGE_DIR +\\(set, decides\\)$");
        assertThat(one.out()).containsPattern("(?m)^  apt_proxy +\\(another name; not set\\)$");

        TestHost.Result both = host.set("CURTIN_VMTEST_IMAGE_DIR", "/other").run("settings");
        assertThat(both.out())
                .containsPattern("CURTIN_VMTEST_IMAGE_DIR +/other \\(set\\)")
                .containsPattern("(?m)^  IMAGE_DIR +\\(set, but CURTIN_VMTEST_IMAGE_DIR decides\\)$");
    }

    @Test
    void whatHasNoEffectIsExactlyWhatNothingReads() throws IOException, IllegalAccessException {
        List<String> sources = new ArrayList<>();
        for (String module : List.of("core", "junit", "cli", "bench")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.add(Files.readString(file));
                }
            }
        }
        List<String> scripts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("tools"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                scripts.add(Files.readString(file));
            }
        }
        Set<String> unread = new TreeSet<>();
        for (Field field : SettingsTable.class.getFields()) {
            Pattern reading = Pattern.compile("\\bSettingsTable\\." + field.getName() + "\\b");
            if (field.get(null) instanceof Setting<?> setting
                    && sources.stream().noneMatch(text -> reading.matcher(text).find())
                    && scripts.stream().noneMatch(text -> text.contains("${" + setting.name() + ":"))) {
                unread.add(setting.name());
            }
        }
        assertThat(SettingsTable.withoutEffect().stream().map(Setting::name))
                .containsExactlyInAnyOrderElementsOf(unread);
    }
}
