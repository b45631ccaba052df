package dev.vmtest.installer.curtin;

import dev.vmtest.installer.InstallerException;
import dev.vmtest.installer.InstallerFinding;
import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Find out whether an external installer runs and packs itself on this host, and which Python modules it lacks.
 *
 * <p>An installer that is written in Python names the first missing module and ends, so the others are tried one by one,
 * by the Python that its command line names or else by {@code python3}.
 */
public final class ExternalInstallerNeeds {

    /** What curtin 24 imports on the host that is no part of Python, with the Debian packages that have it. */
    private static final Map<String, String> MODULES = modules();

    /** The Python that Debian's packages of modules are for. */
    private static final String DEBIAN_PYTHON = "/usr/bin/python3";

    private static final Pattern PYTHON = Pattern.compile("(?:^|\\s)PYTHON=(\\S+)");
    private static final Pattern MISSING = Pattern.compile("No module named '([A-Za-z0-9_]+)");
    private static final Duration IMPORT_TIMEOUT = Duration.ofSeconds(30);

    private final String commandLine;
    private final String debianPython;
    private final Processes processes;

    /**
     * Look at an installer.
     *
     * @param commandLine what starts it; a shell reads it
     */
    public ExternalInstallerNeeds(String commandLine, Processes processes) {
        this(commandLine, DEBIAN_PYTHON, processes);
    }

    ExternalInstallerNeeds(String commandLine, String debianPython, Processes processes) {
        this.commandLine = commandLine;
        this.debianPython = debianPython;
        this.processes = processes;
    }

    /**
     * Ask it for its version and let it pack itself; look for what is missing only where that fails.
     *
     * @param directory an existing directory in which it may leave files
     */
    public InstallerFinding examine(Path directory) {
        ExternalInstaller installer = new ExternalInstaller(commandLine, processes);
        String version = "";
        try {
            version = installer.version();
            installer.pack(Map.of(), List.of("true"), directory);
            return new InstallerFinding(version, "", List.of(), Set.of(), "");
        } catch (InstallerException failed) {
            String trouble = String.valueOf(failed.getMessage());
            Matcher named = MISSING.matcher(trouble);
            if (named.find()) {
                return lacking(version, named.group(1));
            }
            return new InstallerFinding(
                    version, trouble, List.of(), Set.of(), commandLine + " version    # mend what it says");
        }
    }

    private InstallerFinding lacking(String version, String named) {
        Matcher chosen = PYTHON.matcher(commandLine);
        String python = chosen.find() ? chosen.group(1) : "${PYTHON:-python3}";
        List<String> missing = new ArrayList<>();
        Set<String> packages = new LinkedHashSet<>();
        boolean isElsewhere = false;
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            if (!imports(python, module.getKey())) {
                missing.add(module.getKey());
                boolean isInDebian = imports(debianPython, module.getKey());
                isElsewhere |= isInDebian;
                if (!isInDebian) {
                    packages.add(module.getValue());
                }
            }
        }
        if (!missing.contains(named)) {
            missing.add(named);
        }
        String other = "env PYTHON=" + debianPython + " " + commandLine + "    # Debian's packages are for this Python";
        String itself = commandLine + " version    # mend what it says";
        return new InstallerFinding(
                version,
                "does not run: its Python has no module '" + named + "'",
                missing,
                packages,
                isElsewhere ? other : packages.isEmpty() ? itself : "");
    }

    private boolean imports(String python, String module) {
        try {
            return processes
                    .run(
                            Command.of(List.of("sh", "-c", python + " -c \"$1\"", "vmtest", "import " + module)),
                            IMPORT_TIMEOUT)
                    .succeeded();
        } catch (ProcessException failed) {
            return false;
        }
    }

    private static Map<String, String> modules() {
        Map<String, String> modules = new LinkedHashMap<>();
        modules.put("apt", "python3-apt");
        modules.put("aptsources", "python3-apt");
        modules.put("attr", "python3-attr");
        modules.put("debian", "python3-debian");
        modules.put("oauthlib", "python3-oauthlib");
        modules.put("packaging", "python3-packaging");
        modules.put("pyudev", "python3-pyudev");
        modules.put("yaml", "python3-yaml");
        return modules;
    }
}
