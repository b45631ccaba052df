package dev.vmtest.image.build;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Play apt, mmdebstrap and mksquashfs: the files that they would make appear, with a line of text in each. */
final class FakeBuildTools implements Processes {

    final List<List<String>> builds = new CopyOnWriteArrayList<>();
    final List<Command> commands = new CopyOnWriteArrayList<>();
    String missing = "";
    String log = "I: running apt-get update...\nI: success\n";
    int mmdebstrapStatus;
    boolean unshareWorks = true;
    String uid = "1000";
    Runnable whileBuilding = () -> {};

    private final Path host;

    FakeBuildTools(Path host) throws IOException {
        this.host = host;
        Files.createDirectories(host.resolve("etc/apt"));
        Files.writeString(
                host.resolve("etc/apt/sources.list"), "deb http://mirror.example.invalid/debian bookworm main\n");
    }

    @Override
    public Completed run(Command command, Duration timeout) throws ProcessException {
        List<String> words = command.arguments();
        refuseMissing(command);
        try {
            if (words.contains("dump")) {
                return done(command, 0, "Dir \"" + host + "/\";\nDir::Etc \"etc/apt\";\n");
            } else if (words.contains("-u")) {
                return done(command, 0, uid + "\n");
            } else if (words.contains("--unshare-helper")) {
                return done(command, unshareWorks ? 0 : 1, "");
            } else if (command.program().equals("mksquashfs")) {
                Files.writeString(Path.of(words.get(2)), "root\n");
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return done(command, 0, "");
    }

    @Override
    public Running start(Command command, Path output) throws ProcessException {
        refuseMissing(command);
        List<String> words = command.arguments();
        builds.add(words);
        commands.add(command);
        whileBuilding.run();
        try {
            Files.writeString(output, log);
            Path archive = Path.of(words.stream()
                    .filter(word -> word.endsWith("/root.tar"))
                    .findFirst()
                    .orElseThrow());
            Files.writeString(archive, "tar\n");
            if (mmdebstrapStatus == 0) {
                for (String name : copiedOut(words)) {
                    String content = name.equals("agent") ? "1" : name;
                    Files.writeString(archive.resolveSibling(Mmdebstrap.FILES).resolve(name), content + "\n");
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new Ended(command, mmdebstrapStatus);
    }

    @Override
    public Running startInteractive(Command command) {
        throw new AssertionError("a build has no terminal");
    }

    private void refuseMissing(Command command) throws ProcessException {
        if (command.arguments().contains(missing)) {
            throw new ProcessException(
                    ProcessException.Reason.MISSING, "the program " + missing + " is not installed", "");
        }
    }

    private static Completed done(Command command, int status, String stdout) {
        return new Completed(command, status, stdout, "", Duration.ZERO);
    }

    private record Ended(Command command, int status) implements Running {
        @Override
        public long pid() {
            return 1;
        }

        @Override
        public boolean isAlive() {
            return false;
        }

        @Override
        public CompletableFuture<Integer> exit() {
            return CompletableFuture.completedFuture(status);
        }

        @Override
        public void terminate(Duration grace) {}

        @Override
        public void kill() {}

        @Override
        public void close() {}
    }

    /** Return the names of the files that the hook takes out of the root. */
    private static List<String> copiedOut(List<String> words) {
        String hook = words.stream()
                .filter(word -> word.startsWith("--customize-hook=copy-out "))
                .findFirst()
                .orElseThrow();
        return Arrays.stream(hook.split(" ", -1))
                .filter(word -> word.contains("/out/"))
                .map(word -> word.substring(word.lastIndexOf('/') + 1))
                .toList();
    }
}
