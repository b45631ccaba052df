package dev.vmtest.cli;

import dev.vmtest.config.TemplatePlaces;
import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Hold the option that fills in the places of a template. */
final class TemplateOption {

    private static final String NAME = "--set";

    @Option(
            names = NAME,
            paramLabel = "NAME=VALUE",
            description =
                    "Put VALUE where a configuration file, which is a template, says __NAME__; may be repeated. The"
                            + " value stays one text, number or boolean, whatever stands in it.")
    private List<String> settings = new ArrayList<>();

    /** Return the words of a command line as reports show them: a value of this option may be a password. */
    static List<String> shown(List<String> words) {
        List<String> shown = new ArrayList<>();
        boolean isValue = false;
        for (String word : words) {
            String joined = NAME + "=";
            if (isValue || word.startsWith(joined)) {
                int equals = word.indexOf('=', isValue ? 0 : joined.length());
                shown.add(equals < 0 ? word : word.substring(0, equals + 1) + Secret.SHOWN);
            } else {
                shown.add(word);
            }
            isValue = !isValue && word.equals(NAME);
        }
        return shown;
    }

    /**
     * Return the values by their names.
     *
     * @throws UsageException with everything that is wrong
     */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            String name = equals < 0 ? setting : setting.substring(0, equals);
            if (equals < 0) {
                wrong.add("--set '" + name + "' has no value; write --set NAME=VALUE");
            } else if (!TemplatePlaces.NAME.matcher(name).matches()) {
                String bare = name.replaceAll("^_+|_+$", "");
                wrong.add("--set '" + name + "' is no name of a place; "
                        + (TemplatePlaces.NAME.matcher(bare).matches()
                                ? "write " + bare
                                : "a place is written __NAME__ in the file, in capitals, and NAME here"));
            } else if (values.putIfAbsent(name, setting.substring(equals + 1)) != null) {
                wrong.add("--set " + name + " is given twice; keep one of them");
            }
        }
        if (!wrong.isEmpty()) {
            throw new UsageException(wrong);
        }
        return values;
    }
}
