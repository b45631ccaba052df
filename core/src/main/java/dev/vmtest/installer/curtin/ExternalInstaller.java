package dev.vmtest.installer.curtin;

import dev.vmtest.config.Problems;
import dev.vmtest.files.NewFile;
import dev.vmtest.installconfig.InstallSource;
import dev.vmtest.installconfig.Promises;
import dev.vmtest.installer.InstallPayload;
import dev.vmtest.installer.InstallRequest;
import dev.vmtest.installer.Installer;
import dev.vmtest.installer.InstallerException;
import dev.vmtest.installer.SuccessCriteria;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Be a curtin that is not ours: ask it on the host for its version and to pack itself, and run that pack
 * in the install environment.
 *
 * <p>Its command line is read by a shell, so it may hold options, variables and quoted spaces. It is
 * called as curtin defines its sub-commands: {@code version}, and {@code pack --add=NAME:FILE … --
 * COMMAND}, which writes a self-extracting script that runs the command.
 */
public final class ExternalInstaller implements Installer, SubCommands {

    /** The name by which a user chooses it. */
    public static final String NAME = "curtin";

    /**
     * What curtin's code does of what its format accepts: it tells a UUID only to the tools in {@code
     * family_flag_mappings} of its {@code mkfs.py}, nothing to {@code vgcreate}, and {@code block_meta.py} makes the
     * rule of a partition only where its device has a name.
     */
    static final Promises PROMISES =
            new Promises("curtin", Set.of("fat", "fat12", "fat16", "fat32", "vfat", "jfs", "ntfs"), false, false, true);

    /** The directory of the configuration layers within the pack. */
    private static final String LAYERS = "config/";

    /** Emulation or a container may stand between us and it. */
    private static final Duration VERSION_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration PACK_TIMEOUT = Duration.ofMinutes(10);
    private static final int QUOTED_LINES = 12;
    private static final String HELP = "--help";
    private static final Pattern LISTED = Pattern.compile("\\{([A-Za-z0-9_-]+(?:,[A-Za-z0-9_-]+)*)}");

    private final String commandLine;
    private final Processes processes;
    private @Nullable String version;
    private @Nullable Set<String> subCommands;

    /**
     * Hold the installer.
     *
     * @param commandLine what starts it; a shell reads it
     */
    public ExternalInstaller(String commandLine, Processes processes) {
        this.commandLine = commandLine;
        this.processes = processes;
    }

    @Override
    public String name() {
        return NAME;
    }

    /**
     * Return the version that the installer on this host says it is; it is asked once.
     *
     * @throws InstallerException if it cannot be run or says nothing
     */
    @Override
    public synchronized String version() {
        String known = version;
        if (known != null) {
            return known;
        }
        Completed completed = call(List.of("version"), VERSION_TIMEOUT);
        String said = completed.stdout().strip();
        if (said.isEmpty() || said.lines().count() != 1) {
            throw new InstallerException("'" + commandLine + " version' ended with exit status 0, but did not say one"
                    + " version" + said(completed) + "; see that this is a curtin and that it runs on this host");
        }
        version = said;
        return said;
    }

    /**
     * Return the sub-commands that the installer on this host says it has; it is asked once.
     *
     * <p>Python's argparse, by which curtin reads its command line, lists them between braces in what {@code --help}
     * prints.
     *
     * @throws InstallerException if it cannot be run or lists none
     */
    @Override
    public synchronized Set<String> names() {
        Set<String> known = subCommands;
        if (known != null) {
            return known;
        }
        Completed completed = call(List.of(HELP), VERSION_TIMEOUT);
        Matcher listed = LISTED.matcher(completed.stdout());
        if (!listed.find()) {
            throw new InstallerException("'" + commandLine + " " + HELP + "' lists no sub-commands" + said(completed));
        }
        known = Set.of(listed.group(1).split(","));
        subCommands = known;
        return known;
    }

    @Override
    public InstallPayload payload(InstallRequest request, Problems problems) {
        String asked = version();
        Map<String, Path> added = new LinkedHashMap<>();
        List<String> install = new ArrayList<>(List.of(NAME, "-vv", "install"));
        for (Path layer : request.layers()) {
            String packed = LAYERS + layer.getFileName();
            added.put(packed, layer);
            install.add("--config=" + packed);
        }
        List<InstallSource> named = request.config().sources();
        if (named.isEmpty()) {
            install.add(request.source());
        }
        return new InstallPayload(
                "curtin-install",
                pack(added, install, request.workspace()),
                SuccessCriteria.CURTIN,
                asked,
                named.isEmpty() ? request.source() : named.get(0).uri().reveal());
    }

    /**
     * Return the self-extracting script that the installer packs itself into.
     *
     * @param added further files by their names in the pack
     * @param command what the script runs
     * @param logs the directory where the call is written down
     * @throws InstallerException if there is no such script
     */
    public byte[] pack(Map<String, Path> added, List<String> command, Path logs) {
        List<String> arguments = new ArrayList<>(List.of("pack"));
        added.forEach((name, file) -> arguments.add("--add=" + name + ":" + file.toAbsolutePath()));
        arguments.add("--");
        arguments.addAll(command);
        Completed completed = call(arguments, PACK_TIMEOUT);
        log(logs, completed);
        String script = completed.stdout();
        if (script.isBlank()) {
            throw new InstallerException("'" + commandLine + " pack' ended with exit status 0, but packed nothing"
                    + said(completed) + "; it does so when Python modules that it needs are missing on this host");
        }
        if (!script.startsWith("#!")) {
            throw new InstallerException("'" + commandLine + " pack' did not write a script that begins with '#!'"
                    + said(completed) + "; see that it writes nothing but the pack to standard output");
        }
        return script.getBytes(StandardCharsets.UTF_8);
    }

    private Completed call(List<String> arguments, Duration timeout) {
        // The command line is code for the shell, its arguments are not: those are passed as they are.
        List<String> words = new ArrayList<>(List.of("sh", "-c", commandLine + " \"$@\"", NAME));
        words.addAll(arguments);
        Completed completed;
        try {
            completed = processes.run(Command.of(words), timeout);
        } catch (ProcessException failed) {
            throw new InstallerException(
                    "'" + commandLine + " " + arguments.get(0) + "' failed: " + failed.problem(), failed);
        }
        if (!completed.succeeded()) {
            throw new InstallerException("'" + commandLine + " " + arguments.get(0) + "' ended with exit status "
                    + completed.exitStatus() + said(completed) + "; run it by hand to see more, and see that"
                    + " --installer or CURTIN_VMTEST_CURTIN_EXE names a curtin that runs on this host");
        }
        return completed;
    }

    /** Keep the call and what it said beside its messages, for whoever has to find out what went wrong. */
    private static void log(Path workspace, Completed completed) {
        try {
            NewFile.write(workspace.resolve("pack.log"), completed.command().toShell() + "\n" + completed.stderr());
        } catch (IOException failed) {
            throw new InstallerException("the log of the pack cannot be written: " + PlainTrouble.of(failed), failed);
        }
    }

    private static String said(Completed completed) {
        String text = completed.stderr().isBlank() ? completed.stdout() : completed.stderr();
        List<String> lines = text.strip().lines().toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size());
        return text.isBlank() ? " and said nothing" : "; it said:\n  " + String.join("\n  ", last) + "\n";
    }
}
