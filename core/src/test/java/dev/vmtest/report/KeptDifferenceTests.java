package dev.vmtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class KeptDifferenceTests {

    private static final String LOG = "logs/boot-serial.log";

    @TempDir
    private Path directory;

    private Path then;
    private Path now;

    @BeforeEach
    void keepSecrets() throws IOException {
        then = directory.resolve("then");
        now = directory.resolve("now");
        SampleRun.writeSecrets(then, "hunter1");
        SampleRun.writeSecrets(now, "hunter2");
    }

    private static void write(Path test, String name, String text) throws IOException {
        Path file = test.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private List<String> changes() {
        return KeptDifference.between(then, now, LOG);
    }

    @Test
    void whatIsAlikeOrNotKeptIsNoDifference() throws IOException {
        assertThat(changes()).isEmpty();
        for (Path test : List.of(then, now)) {
            write(test, "collect/fstab", "/dev/vda1 / ext4\n");
            write(test, "collect/debian-packages.txt", "install ok installed\tacl\t1\n");
            write(
                    test,
                    "install/payload",
                    "plan\nreport http://10.0.2.2:4670" + (test.equals(now) ? 1 : 2) + "/" + "ab".repeat(16)
                            + "/events/\n");
            write(test, "logs/asked.json", "{\"a\": [\"x\"]}");
        }
        write(then, LOG, "[ 1.234] systemd[1]: Started unit\n");
        write(now, LOG, "[ 9.876] systemd[7]: Started unit\n");
        assertThat(changes()).isEmpty();
        write(now, "install/payload", "plan\nmkfs --key hunter3\n");
        assertThat(changes())
                .containsExactly(
                        "the plan of the install is another: 1 line of install/payload did not stand there then");
        Files.delete(then.resolve("install/payload"));
        assertThat(changes()).isEmpty();
    }

    @Test
    void eachKindOfDifferenceIsASentence() throws IOException {
        write(then, "logs/asked.json", "{\"a\": [\"version: 1\", \"  size: 1G\"]}");
        write(now, "logs/asked.json", "{\"a\": [\"version: 1\", \"  size: 2G\"]}");
        write(then, "collect/debian-packages.txt", "ok\tacl\t1\nok\tgone\t1\nok\tsame\t1\n");
        write(now, "collect/debian-packages.txt", "ok\tacl\t2\nok\tnew\t1\nok\tsame\t1\n");
        write(then, "collect/fstab", "/dev/vda1 / ext4\n");
        write(now, "collect/fstab", "/dev/vda1 / ext4\n/dev/vda2 /srv xfs hunter2\u001b[2J\n");
        write(now, "collect/come", "x");
        write(then, LOG, "a line of before\n");
        write(now, LOG, "a line of before\nA start job failed with hunter2\n");
        assertThat(changes())
                .containsExactly(
                        "what was asked for is another: - size: 1G; + size: 2G",
                        "other packages are installed: acl 1 → 2; - gone 1; + new 1",
                        "other facts were collected: + come; fstab: /dev/vda2 /srv xfs (secret)\uFFFD[2J",
                        "the console says what it did not say then (logs/boot-serial.log): A start job failed with (secret)");
    }

    @Test
    void nothingIsQuotedWhereItIsNotKnownWhatIsSecret() throws IOException {
        Files.delete(now.resolve("install/secrets.json"));
        write(then, "collect/fstab", "a\n");
        write(now, "collect/fstab", "hunter2\n");
        write(then, LOG, "a line of before\n");
        write(now, LOG, "the password is hunter2\n");
        assertThat(changes()).containsExactly("other facts were collected: fstab");
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        write(then, "collect/fstab", "a\n");
        Files.createDirectories(now.resolve("collect"));
        Files.createSymbolicLink(now.resolve("collect/fstab"), Path.of("/etc/hostname"));
        assertThat(changes()).isEmpty();
        Files.delete(now.resolve("collect/fstab"));
        Files.delete(now.resolve("collect"));
        Files.createSymbolicLink(now.resolve("collect"), then.resolve("collect"));
        assertThat(changes()).isEmpty();
    }

    @Test
    @Timeout(30)
    void manyDifferencesAreCountedAndNotTold() throws IOException {
        write(then, "collect/debian-packages.txt", "ok\tacl\t1\n");
        write(
                now,
                "collect/debian-packages.txt",
                IntStream.range(0, 5000)
                        .mapToObj(n -> "ok\tp" + n + "\t" + "9".repeat(500))
                        .collect(Collectors.joining("\n")));
        assertThat(changes())
                .singleElement()
                .satisfies(
                        change -> assertThat(change).endsWith("; and 4989 more").hasSizeLessThan(3000));
    }
}
