package dev.vmtest.facts;

import dev.vmtest.text.MistakeException;
import dev.vmtest.text.TextResource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Choose the scripts that question an installed system, and make one shell program of them.
 *
 * <pre>{@code
 * List<CollectScript> scripts = CollectScripts.forTarget(Distribution.DEBIAN, extraScripts);
 * String program = CollectScripts.program(scripts, "/mnt/output/collect");
 * }</pre>
 *
 * <p>The program needs a POSIX shell, coreutils, findutils and util-linux. A part that fails does not
 * stop it: {@code collect-status.txt} has one line of name, exit status and uptime in seconds for each script,
 * {@code collect-failed.txt} one line for each command of ours that failed, and
 * {@code collect-stderr.txt} what they said. No file grows beyond {@value #FILE_LIMIT} bytes.
 */
@API(status = API.Status.INTERNAL)
public final class CollectScripts {

    /** The word in an author's script that stands for the collect directory. */
    public static final String COLLECT_DIRECTORY_TOKEN = "OUTPUT_COLLECT_D";

    /** The largest file that a collect script can write, in bytes. */
    public static final int FILE_LIMIT = 16 << 20;

    /** How long one of an author's scripts may take, in seconds. */
    private static final int EXTRA_SECONDS = 200;

    private static final int BYTES_PER_LIMIT_UNIT = 512;

    private CollectScripts() {}

    /**
     * Return the scripts for a target in the order they run: the defaults, the test's own, and last
     * the one that makes the directory fit to be read elsewhere.
     *
     * @param extra the test's own scripts
     * @throws IllegalArgumentException if two scripts have the same name
     */
    public static List<CollectScript> forTarget(Distribution distribution, List<CollectScript> extra) {
        List<CollectScript> scripts = new ArrayList<>();
        scripts.add(resource("common"));
        scripts.add(resource(
                switch (distribution) {
                    case DEBIAN, UBUNTU -> "debian";
                    case CENTOS -> "centos";
                }));
        scripts.add(resource("machine"));
        scripts.add(resource("stacks"));
        scripts.add(resource("network"));
        scripts.addAll(extra);
        scripts.add(resource("journal"));
        scripts.add(resource("symlinks"));
        Set<String> names = new HashSet<>();
        for (CollectScript script : scripts) {
            if (!names.add(script.name())) {
                throw new IllegalArgumentException("two collect scripts are called '" + script.name() + "'");
            }
        }
        return List.copyOf(scripts);
    }

    /**
     * Return one shell program that runs scripts in order, each in a process of its own with the
     * collect directory as working directory.
     *
     * @param scripts what {@link #forTarget} returned
     * @param directory the absolute path of the collect directory in the guest; made if absent
     */
    public static String program(List<CollectScript> scripts, String directory) {
        if (!directory.matches("(/[A-Za-z0-9._-]+)+")) {
            throw new IllegalArgumentException("'" + directory + "' is no plain absolute path");
        }
        StringBuilder program = new StringBuilder("#!/bin/sh\n");
        program.append("mkdir -p ")
                .append(directory)
                .append(" && cd ")
                .append(directory)
                .append(" || exit 1\n");
        program.append("umask 022\nLC_ALL=C\nexport LC_ALL\n");
        program.append("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\nexport PATH\n");
        program.append("ulimit -f ").append(FILE_LIMIT / BYTES_PER_LIMIT_UNIT).append('\n');
        program.append(read("prelude"));
        for (CollectScript script : scripts) {
            if (DEFAULTS.contains(script)) {
                program.append("(\n").append(script.text()).append(")\n");
            } else {
                appendExtra(program, script, directory);
            }
            program.append("status=$?; read -r uptime _ </proc/uptime\n");
            program.append("echo \"").append(script.name()).append(" $status $uptime\" >>collect-status.txt\n");
        }
        return program.append("exit 0\n").toString();
    }

    /** Return the script that asks what apt and debconf were told, for those configurations that tell them something. */
    public static CollectScript apt() {
        return resource("apt");
    }

    /** Keep a script of the author as a file and run it with its own interpreter. */
    private static void appendExtra(StringBuilder program, CollectScript script, String directory) {
        String text = script.text().replace(COLLECT_DIRECTORY_TOKEN, directory);
        String end = "END_OF_" + script.name();
        while (text.contains(end)) {
            end += "_";
        }
        String file = "collect-scripts/" + script.name();
        program.append("mkdir -p collect-scripts\ncat >")
                .append(file)
                .append(" <<'")
                .append(end)
                .append("'\n");
        program.append(text).append(text.endsWith("\n") ? "" : "\n").append(end).append('\n');
        program.append("timeout ").append(EXTRA_SECONDS).append(' ').append(interpreter(text));
        program.append(' ').append(file).append(" >").append(file).append(".out 2>&1\n");
    }

    private static String interpreter(String text) {
        if (!text.startsWith("#!")) {
            return "/bin/sh -x";
        }
        String line = text.lines().findFirst().orElse("").substring(2).strip();
        if (!line.matches("/[A-Za-z0-9._/+-]+( [A-Za-z0-9._/=+-]+)*")) {
            throw new MistakeException("the collect script begins with '#!" + line + "', which is no interpreter");
        }
        return line;
    }

    private static final List<CollectScript> DEFAULTS = List.of(
            resource("common"),
            resource("debian"),
            resource("centos"),
            resource("machine"),
            resource("stacks"),
            resource("network"),
            resource("apt"),
            resource("journal"),
            resource("symlinks"));

    private static CollectScript resource(String name) {
        return new CollectScript(name, read(name));
    }

    private static String read(String name) {
        return TextResource.beside(CollectScripts.class, name + ".sh");
    }
}
