package dev.vmtest.testcase;

import dev.vmtest.installer.InstallerChoice;
import dev.vmtest.process.Command;
import dev.vmtest.settings.SettingsTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Say by which command line a test is run again, so that it can be pasted into a shell in any directory.
 *
 * @param installer the installer under test
 * @param fidelity how install environments start
 * @param directory where the test was started; the project of a class that is not of the suite
 */
record Reproduction(InstallerChoice installer, Fidelity fidelity, Path directory) {

    /** Return the command line for a test on one release; Maven runs a class on all of its releases. */
    String of(TestDefinition definition, String release) {
        if (definition.isFile()) {
            Path file = directory.resolve(definition.origin()).toAbsolutePath().normalize();
            return vmtest(file.toString(), release) + definition.config().options();
        }
        return definition.isOfSuite() ? vmtest(definition.name(), release) : maven(definition);
    }

    private String vmtest(String test, String release) {
        List<String> words = new ArrayList<>(List.of("vmtest", "run", test, "--release", release));
        String line = Command.of(words.toArray(String[]::new)).toShell();
        String option = installer.option();
        return line
                + (option.isEmpty() ? "" : " " + option)
                + (fidelity == Fidelity.RESUME ? "" : " --fidelity " + fidelity.text());
    }

    /** A class of somebody's own project is known to that project alone; what is an option elsewhere is a variable. */
    private String maven(TestDefinition definition) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.putAll(installer.variables());
        if (fidelity != Fidelity.RESUME) {
            variables.put(SettingsTable.FIDELITY.name(), fidelity.text());
        }
        return Command.of("mvn", "test", "-Dtest=" + definition.origin())
                .withDirectory(directory.toAbsolutePath().normalize())
                .withEnvironment(variables)
                .toShell();
    }
}
