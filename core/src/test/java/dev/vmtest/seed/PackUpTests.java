package dev.vmtest.seed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Run the real pack-up script on this host, with a file for the disk. {@code ulimit -f} stands for
 * the end of a disk: a write beyond it fails as one beyond a device does.
 */
final class PackUpTests {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private final SupervisedProcesses processes = new SupervisedProcesses();

    @AfterEach
    void endProcesses() {
        processes.close();
    }

    @Test
    void endsTheTarWithTheNonce() throws Exception {
        Completed packed = packUp(4096, 1 << 20);

        assertThat(packed.exitStatus()).as(packed.stdout() + packed.stderr()).isZero();
        List<String> members = members();
        assertThat(members).contains("./fact").last().isEqualTo(FirstBootSeed.NONCE_FILE);
        assertThat(read(FirstBootSeed.NONCE_FILE)).isEqualTo("nonce-1\n");
    }

    @Test
    void replacesATarThatDoesNotFitByTheReason() throws Exception {
        Completed packed = packUp(4 << 20, 1 << 20);

        assertThat(packed.exitStatus()).isEqualTo(1);
        assertThat(packed.stdout()).contains(FirstBootSeed.CONSOLE_PREFIX + " packing ");
        assertThat(members()).containsExactly(FirstBootSeed.ERROR_FILE);
        assertThat(read(FirstBootSeed.ERROR_FILE)).contains("failed with status");
    }

    @Test
    void saysThatThereIsNoDisk() throws Exception {
        Completed packed = run(script(directory.resolve("absent")), 1 << 20);

        assertThat(packed.exitStatus()).isEqualTo(1);
        assertThat(packed.stdout()).contains(FirstBootSeed.CONSOLE_PREFIX + " there is no output disk");
    }

    private Completed packUp(int collected, int diskSize) throws Exception {
        Path files = Files.createDirectories(directory.resolve("collected"));
        Files.write(files.resolve("fact"), new byte[collected]);
        Path disk = Files.createFile(directory.resolve("disk"));
        return run(script(disk).replace("[ ! -b ", "[ ! -f "), diskSize);
    }

    private String script(Path disk) {
        String userData =
                new FirstBootSeed("inst-2", "nonce-1", "#!/bin/sh\n", Map.of(), List.of(), Power.OFF).packUp();
        return userData.replace("/dev/disk/by-id/virtio-output_disk.img", disk.toString())
                .replace(
                        FirstBootSeed.COLLECT_DIRECTORY,
                        directory.resolve("collected").toString())
                .replace(">/dev/console", ">>'" + directory.resolve("console") + "'")
                .replace("udevadm settle", ": udevadm settle");
    }

    private Completed run(String script, int limit) throws Exception {
        Path file = Files.writeString(directory.resolve("pack-up"), script);
        return processes.run(
                Command.of("sh", "-c", "trap '' XFSZ; ulimit -f " + limit / 512 + "; exec sh \"$0\"", file.toString()),
                LONG);
    }

    private List<String> members() throws Exception {
        return tar("-tf").lines().toList();
    }

    private String read(String member) throws Exception {
        return tar("-xOf", member);
    }

    private String tar(String operation, String... members) throws Exception {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("tar", operation, directory.resolve("disk").toString()));
        arguments.addAll(List.of(members));
        return processes.run(Command.of(arguments), LONG).requireSuccess().stdout();
    }
}
