package dev.vmtest.cli;

import dev.vmtest.settings.OtherVariable;
import dev.vmtest.settings.Setting;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Say what every environment variable is set to. */
@Command(
        name = "settings",
        description = {
            "Prints every environment variable that affects vmtest, with its value and where that comes from.",
            "",
            "Of several names of one setting the first that is set decides.",
            ""
        },
        mixinStandardHelpOptions = true)
final class SettingsCommand implements Callable<Integer> {

    private static final String OTHERS = "Read by the scripts, and of the host's own";

    private final Invocation invocation;

    @Option(names = "--markdown", description = "Print the documentation's page: types, defaults and meanings.")
    private boolean markdown;

    SettingsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (markdown) {
            invocation.out().print(page());
            return ExitStatus.SUCCESS;
        }
        Settings settings = Settings.read(invocation.environment());
        PrintStream out = invocation.out();
        for (Setting.Group group : Setting.Group.values()) {
            List<Setting<?>> members = members(group);
            if (!members.isEmpty()) {
                out.println(group.title());
                members.forEach(setting -> print(setting, settings));
                out.println();
            }
        }
        out.println(OTHERS);
        for (OtherVariable variable : OtherVariable.values()) {
            String value = invocation.environment().get(variable.name());
            out.printf("  %-34s %s%n", variable.name(), value == null ? "(not set)" : value + " (set)");
            out.println("      " + variable.meaning() + ".");
        }
        out.println();
        settings.unknownVariables()
                .forEach(name -> invocation.err().println("vmtest: nothing reads the variable " + name));
        return ExitStatus.SUCCESS;
    }

    private void print(Setting<?> setting, Settings settings) {
        String value = settings.text(setting);
        String source = settings.source(setting);
        boolean isOwn = source.equals(setting.name());
        PrintStream out = invocation.out();
        out.printf(
                "  %-34s %s%n",
                setting.name(),
                settings.find(setting).isEmpty()
                        ? "(not set)"
                        : (value.isEmpty() ? "''" : value) + (isOwn ? " (set)" : " (" + source + ")"));
        setting.names().stream().skip(1).forEach(name -> out.printf("  %-34s %s%n", name, other(name, source)));
        out.println("      " + setting.meaning() + ".");
    }

    /** Say what another name of a setting comes to: it decides, another is set as well, or it is not set. */
    private String other(String name, String source) {
        boolean isSet = invocation.environment().containsKey(name);
        if (name.equals(source)) {
            return "(set, decides)";
        }
        return isSet ? "(set, but " + source + " decides)" : "(another name; not set)";
    }

    private static List<Setting<?>> members(Setting.Group group) {
        return SettingsTable.all().stream()
                .filter(setting -> setting.group() == group)
                .toList();
    }

    /** Return the page of the documentation. */
    static String page() {
        StringBuilder page = new StringBuilder("""
                # Settings

                Environment variables, made by `vmtest settings --markdown` from the table that is the only reader of
                the environment. `vmtest settings` prints the values. Of several names of one setting the first that
                is set decides. A value that is not accepted ends the command with exit status 2, the variable's name
                and what it accepts. Of booleans everything is true but `false` in any case, `0` and an empty text.
                """);
        for (Setting.Group group : Setting.Group.values()) {
            List<Setting<?>> members = members(group);
            if (!members.isEmpty()) {
                page.append("\n## ").append(group.title());
                page.append("\n\n| Variable | Type | Default | Meaning |\n|---|---|---|---|\n");
                members.forEach(setting -> page.append(row(setting)));
            }
        }
        page.append("\n## ").append(OTHERS).append("\n\n| Variable | Meaning |\n|---|---|\n");
        for (OtherVariable variable : OtherVariable.values()) {
            page.append("| `%s` | %s |%n".formatted(variable.name(), variable.meaning()));
        }
        return page.toString();
    }

    private static String row(Setting<?> setting) {
        String names = setting.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", then "));
        String defaultText = Objects.requireNonNullElse(setting.defaultText(), "–");
        List<String> cells = Arrays.asList(
                names,
                setting.type().name(),
                defaultText.isEmpty() ? "empty" : defaultText.equals("–") ? defaultText : "`" + defaultText + "`",
                setting.meaning());
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
