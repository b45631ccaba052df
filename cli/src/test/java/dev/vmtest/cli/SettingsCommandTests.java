package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.settings.OtherVariable;
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
        for (String module : List.of("api", "core", "junit", "cli", "bench")) {
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

    /** Where Java reads a variable by its name, or by a constant that is called like it. */
    private static final Pattern JAVA = Pattern.compile("\\b(?:environment(?:\\(\\))?|inherited|System\\.getenv\\(\\))"
            + "\\s*\\.(?:get|getOrDefault|containsKey)\\(\\s*\"?([A-Za-z_]*[A-Z_]+[A-Za-z_]*)\\b");

    private static final Pattern JVM = Pattern.compile("System\\.getenv\\(\\s*\"([A-Za-z_]+)\"");
    private static final Pattern SCRIPT = Pattern.compile("\\$\\{?([A-Z][A-Z0-9_]+|[a-z]+_proxy)\\b");

    /** What the shell itself has. */
    private static final Set<String> OF_THE_SHELL = Set.of("PWD", "IFS");

    /** What os-release(5) says, in scripts that read it. */
    private static final Set<String> OF_THE_SYSTEM = Set.of("ID", "VERSION_ID", "VERSION_CODENAME");

    @Test
    void everyVariableThatIsReadIsShown(@TempDir Path directory) throws IOException {
        Set<String> shown = new TreeSet<>();
        SettingsTable.all().forEach(setting -> shown.addAll(setting.names()));
        String out = new TestHost(directory)
                .set("VMTEST_JAVA_OPTIONS", "-Xmx99m")
                .run("settings")
                .out();
        assertThat(out)
                .containsPattern("VMTEST_JAVA_OPTIONS +-Xmx99m \\(set\\)")
                .containsPattern("TERM +\\(not set\\)");
        for (OtherVariable variable : OtherVariable.values()) {
            assertThat(out).contains("  " + variable.name() + " ", variable.meaning());
            shown.add(variable.name());
        }

        Set<String> read = new TreeSet<>();
        for (String place : List.of("api", "core", "junit", "suite", "cli", "bench")) {
            for (String text : texts(ROOT.resolve(place).resolve("src/main/java"))) {
                JAVA.matcher(text).results().forEach(found -> read.add(found.group(1)));
                JVM.matcher(text).results().forEach(found -> read.add(found.group(1)));
            }
        }
        assertThat(read).contains("NO_COLOR", "HOME", "SSH_AUTH_SOCK", "PATH");
        List<String> scripts = new ArrayList<>(texts(ROOT.resolve("tools")));
        scripts.addAll(texts(ROOT.resolve("bin")));
        scripts.add(Files.readString(ROOT.resolve("Makefile")));
        scripts.forEach(text -> read.addAll(readBy(text)));
        assertThat(read).contains("VMTEST_JAVA_OPTIONS", "VMTEST_CHECK_TESTS", "TERM", "WORKSPACE");

        assertThat(shown).containsAll(read);
    }

    private static Set<String> readBy(String script) {
        String code = script.replaceAll("(?m)^\\s*#.*$", "").replaceAll("'[^'\n]*'", "");
        Set<String> read = new TreeSet<>();
        SCRIPT.matcher(code).results().map(found -> found.group(1)).forEach(read::add);
        read.removeIf(name -> Pattern.compile("(?m)(^|[\\s;(])" + name + "=")
                        .matcher(code.replaceAll("(?m)^\\s*export .*$", ""))
                        .find()
                && !code.contains("${" + name + ":"));
        read.removeAll(OF_THE_SHELL);
        if (code.contains("/etc/os-release")) {
            read.removeAll(OF_THE_SYSTEM);
        }
        return read;
    }

    private static List<String> texts(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }
}
