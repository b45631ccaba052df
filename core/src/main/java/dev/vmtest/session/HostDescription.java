package dev.vmtest.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Describe a host for whoever reads a report elsewhere.
 *
 * @param root where the files of its system are
 * @param kernel the version of its kernel
 * @param architecture of its processors
 * @param processors how many there are
 */
record HostDescription(Path root, String kernel, String architecture, int processors) {

    private static final Pattern NAME = Pattern.compile("(?m)^PRETTY_NAME=\"?([^\"\n]*)\"?$");
    private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal: +(\\d+) kB$");

    /** On x86, ARM and s390x the kernel says it in other words. */
    private static final Pattern MODEL =
            Pattern.compile("(?m)^(?:model name|CPU part|processor 0|cpu)\\s*: *(\\S[^\n]*)$");

    static HostDescription ofThisHost() {
        return new HostDescription(
                Path.of("/"),
                System.getProperty("os.version", ""),
                System.getProperty("os.arch", ""),
                Runtime.getRuntime().availableProcessors());
    }

    /** Return what the kernel calls the processors; empty if it says nothing of the kind. */
    String processor() {
        String model = first(MODEL, read("proc/cpuinfo"));
        return model.isEmpty() ? architecture : model;
    }

    /** Return one line; what cannot be found out is left out. */
    String text() {
        String name = read("proc/sys/kernel/hostname").strip();
        String system = first(NAME, read("etc/os-release"));
        String memory = first(MEMORY, read("proc/meminfo"));
        return (name.isEmpty() ? "" : name + ": ")
                + (system.isEmpty() ? "" : system + ", ")
                + "Linux " + kernel + " " + architecture + ", "
                + processors + (processors == 1 ? " processor" : " processors")
                + (memory.isEmpty()
                        ? ""
                        : String.format(Locale.ROOT, ", %.1f GiB memory", Long.parseLong(memory) / (1024.0 * 1024)));
    }

    private String read(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException absent) {
            return "";
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
