package dev.vmtest.autoinstall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.ConfigText;
import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problem;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Value;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.Remark;
import java.util.List;
import java.util.Objects;

/** Reads texts as the autoinstall file {@code user-data}. */
final class AutoinstallFile {

    static final String IDENTITY = "  identity: {hostname: box, username: someone, password: \"$6$x\"}\n";

    private final MapValue config;
    private final List<Problem> problems;
    private final InstallConfig installConfig;

    private AutoinstallFile(String text) {
        Problems found = new Problems();
        config = Autoinstall.toInstallConfig(ConfigFiles.parse("user-data", text, found), found);
        installConfig = InstallConfig.read(config, found);
        problems = found.all();
    }

    /** Read a whole file. */
    static AutoinstallFile of(String text) {
        return new AutoinstallFile(text);
    }

    /** Read sections, indented by two, after a version and an identity that stand in the lines 1 to 3. */
    static AutoinstallFile with(String sections) {
        return new AutoinstallFile("autoinstall:\n  version: 1\n" + IDENTITY + sections);
    }

    List<String> problems() {
        return problems.stream().map(Problem::toString).toList();
    }

    List<String> remarks() {
        return installConfig.vmtest().notJudged().stream().map(Remark::toString).toList();
    }

    InstallConfig installConfig() {
        assertThat(problems).isEmpty();
        return installConfig;
    }

    /** Return what stands under keys and numbers of lists, one after another. */
    Value at(Object... path) {
        Value value = config;
        for (Object step : path) {
            Value next = value instanceof ListValue list && step instanceof Integer number
                    ? list.items().get(number)
                    : value instanceof MapValue map ? map.get(step.toString()) : null;
            value = Objects.requireNonNull(next, () -> "there is no " + step + " in " + List.of(path));
        }
        return value;
    }

    /** Return the same as plain objects. */
    Object plain(Object... path) {
        return Objects.requireNonNull(ConfigText.plain(at(path)));
    }

    /** Return where it stands, as {@code line:column}. */
    String place(Object... path) {
        return at(path).location().toString().replace("user-data:", "");
    }

    boolean has(String key) {
        return config.get(key) != null;
    }
}
