package dev.vmtest.launch;

import dev.vmtest.files.NewFile;
import dev.vmtest.installer.curtin.ExternalInstaller;
import dev.vmtest.process.Processes;
import dev.vmtest.process.ShellWords;
import dev.vmtest.text.MistakeException;
import dev.vmtest.text.TextResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Make the script that runs a command in an install environment.
 *
 * <p>A curtin packs itself; its configurations go with it, and its command line names them there. Any other command gets a
 * plain script with the files that were added.
 */
final class GuestCommand {

    /** What stands for the address of the web server, without a slash at its end. */
    static final String PUBURL = "PUBURL";

    private static final String CONFIG = "config/";
    private static final String PROXY_CONFIG = CONFIG + "launch-curtin-proxy.cfg";
    private static final int BASE64_LINE = 76;
    private static final String SCRIPT = resource("command.sh");

    private final List<String> words;
    private final Map<String, Path> files = new LinkedHashMap<>();

    /**
     * Hold a command.
     *
     * @param words the command, its program first
     * @param added files to take along, each {@code FILE[:NAME]}
     * @throws MistakeException if a file is not there or two have one name
     */
    GuestCommand(List<String> words, List<String> added) {
        this.words = List.copyOf(words);
        for (String text : added) {
            List<String> fields = Fields.ofPath(text);
            Path file = existing("--add", fields.get(0));
            String name = fields.size() > 1 ? fields.get(1) : String.valueOf(file.getFileName());
            if (fields.size() > 2 || !isPlace(name)) {
                throw new MistakeException(
                        "--add '" + text + "': write FILE, or FILE:NAME with a relative name" + " without a colon");
            }
            add(name, file);
        }
    }

    private void add(String name, Path file) {
        if (files.putIfAbsent(name, file) != null) {
            throw new MistakeException("two files are called " + name + " in the archive: " + files.get(name) + " and "
                    + file + "; give one another name with --add FILE:NAME");
        }
    }

    /** A colon ends the name where curtin reads it. */
    private static boolean isPlace(String name) {
        return !name.isEmpty()
                && !name.contains(":")
                && !name.startsWith("/")
                && !List.of(name.split("/", -1)).contains("..");
    }

    private static Path existing(String option, String written) {
        Path file = Path.of(written);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new MistakeException(option + " '" + written + "': no such file that can be read");
        }
        return file;
    }

    /** Say whether it is a curtin, which packs itself. */
    boolean isCurtin() {
        return Path.of(words.get(0)).endsWith("curtin");
    }

    /** Return the configurations that a curtin's command line names, to see that they are there. */
    List<Path> configs() {
        List<Path> configs = new ArrayList<>();
        if (isCurtin()) {
            rewrite(Map.of(), configs);
        }
        return configs;
    }

    /**
     * Return the script.
     *
     * @param url the address of the web server
     * @param tokens the addresses of iSCSI disks
     * @param curtin the command line of the curtin that packs itself
     * @param installDeps whether curtin installs what it needs in the install environment
     * @param proxies what goes below {@code proxy} in a configuration of its own; none if it is empty
     * @param scratch a directory for files that live as long as the machine
     */
    byte[] script(
            String url,
            IscsiTokens tokens,
            String curtin,
            boolean installDeps,
            Map<String, String> proxies,
            Path scratch,
            Processes processes)
            throws IOException {
        if (!isCurtin()) {
            return plain(url, tokens).getBytes(StandardCharsets.UTF_8);
        }
        Map<String, Path> added = new LinkedHashMap<>(files);
        List<String> command = new ArrayList<>(List.of("curtin"));
        if (installDeps) {
            command.add("--install-deps");
        }
        if (!proxies.isEmpty()) {
            command.add("--config=" + PROXY_CONFIG);
            added.put(PROXY_CONFIG, NewFile.write(scratch.resolve("launch-curtin-proxy.cfg"), proxy(proxies)));
        }
        Map<Path, String> names = new LinkedHashMap<>();
        for (Path config : configs()) {
            if (!names.containsKey(config)) {
                String plain = String.valueOf(config.getFileName()).replaceAll("[^A-Za-z0-9._-]", "-");
                String name = unused(CONFIG + plain, added);
                Path copy = scratch.resolve("config-" + names.size());
                NewFile.write(
                        copy,
                        tokens.in(config.toString(), Files.readString(config).replace(PUBURL, url)));
                names.put(config, name);
                added.put(name, copy);
            }
        }
        rewrite(names, new ArrayList<>())
                .forEach(word -> command.add(tokens.in("the command", word.replace(PUBURL, url))));
        return new ExternalInstaller(curtin, processes).pack(added, command, scratch);
    }

    /** Two configurations may have one name in different directories. */
    private static String unused(String name, Map<String, Path> taken) {
        String unused = name;
        for (int number = 2; taken.containsKey(unused); number++) {
            unused = CONFIG + number + "-" + name.substring(CONFIG.length());
        }
        return unused;
    }

    /** Return curtin's arguments with other names of configurations; what follows {@code --} is not curtin's. */
    private List<String> rewrite(Map<Path, String> names, List<Path> found) {
        List<String> rewritten = new ArrayList<>();
        for (int index = 1; index < words.size(); index++) {
            String word = words.get(index);
            if (word.equals("--")) {
                rewritten.addAll(words.subList(index, words.size()));
                break;
            }
            boolean isSeparate = (word.equals("-c") || word.equals("--config")) && index + 1 < words.size();
            String given = isSeparate
                    ? words.get(++index)
                    : word.startsWith("--config=")
                            ? word.substring("--config=".length())
                            : word.matches("-c.+") ? word.substring(2) : "";
            if (given.isEmpty()) {
                rewritten.add(word);
            } else {
                Path file = existing("--config", given);
                found.add(file);
                rewritten.add("--config=" + names.getOrDefault(file, given));
            }
        }
        return rewritten;
    }

    private static String proxy(Map<String, String> proxies) {
        return proxies.entrySet().stream()
                .map(entry -> "  " + entry.getKey() + ": '" + entry.getValue().replace("'", "''") + "'\n")
                .collect(Collectors.joining("", "proxy:\n", ""));
    }

    private String plain(String url, IscsiTokens tokens) throws IOException {
        StringBuilder unpacking = new StringBuilder();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String name = ShellWords.quote("./" + file.getKey());
            Path parent = Path.of(file.getKey()).getParent();
            if (parent != null) {
                unpacking
                        .append("mkdir -p ")
                        .append(ShellWords.quote("./" + parent))
                        .append('\n');
            }
            unpacking.append("base64 -d >").append(name).append(" <<'END'\n");
            unpacking
                    .append(Base64.getMimeEncoder(BASE64_LINE, new byte[] {'\n'})
                            .encodeToString(Files.readAllBytes(file.getValue())))
                    .append("\nEND\n");
            if (Files.isExecutable(file.getValue())) {
                unpacking.append("chmod +x ").append(name).append('\n');
            }
        }
        String command = words.stream()
                .map(word -> ShellWords.quote(tokens.in("the command", word.replace(PUBURL, url))))
                .collect(Collectors.joining(" "));
        return SCRIPT.replace("# @files@\n", unpacking).replace("# @command@", command);
    }

    private static String resource(String name) {
        return TextResource.beside(GuestCommand.class, name);
    }
}
