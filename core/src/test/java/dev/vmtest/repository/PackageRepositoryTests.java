package dev.vmtest.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.apt.PublicKeys;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.SupervisedProcesses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests for {@link PackageRepository}: Debian's own tools read what is made. */
class PackageRepositoryTests {

    private static final Instant MADE = Instant.parse("2026-01-02T03:04:05Z");
    private static final SigningKey KEY = SigningKey.make("vmtest tests", MADE);
    private static final ProofPackage PROOF = new ProofPackage("vmtest-proof", "1.0");
    private static final Map<String, byte[]> FILES =
            PackageRepository.files("bookworm", "amd64", List.of(PROOF), MADE, KEY);

    @TempDir
    private Path directory;

    private Completed run(String... command) throws Exception {
        try (SupervisedProcesses processes = new SupervisedProcesses()) {
            return processes.run(Command.of(command), Duration.ofSeconds(60));
        }
    }

    private Path write(String name, byte[] content) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.write(file, content);
    }

    private static byte[] file(String name) {
        return Objects.requireNonNull(FILES.get(name), name);
    }

    @Test
    void gpgvTrustsWhatIsSigned() throws Exception {
        Path ring = write("ring.gpg", unarmored(KEY.armored()));
        Path release = write("InRelease", file("dists/bookworm/InRelease"));

        Completed verified = run("gpgv", "--status-fd", "1", "--keyring", ring.toString(), release.toString());

        assertThat(verified.exitStatus()).as(verified.stderr()).isZero();
        assertThat(verified.stdout()).contains("VALIDSIG " + KEY.fingerprint());
        Path plain = write("Release", file("dists/bookworm/Release"));
        Path signature = write("Release.gpg", file("dists/bookworm/Release.gpg"));
        assertThat(run("gpgv", "--keyring", ring.toString(), signature.toString(), plain.toString())
                        .exitStatus())
                .isZero();
    }

    @Test
    void gpgvTrustsNothingThatWasChanged() throws Exception {
        Path ring = write("ring.gpg", unarmored(KEY.armored()));
        String changed =
                new String(file("dists/bookworm/InRelease"), StandardCharsets.UTF_8).replace("vmtest", "other");

        assertThat(run(
                                "gpgv",
                                "--keyring",
                                ring.toString(),
                                write("InRelease", changed.getBytes(StandardCharsets.UTF_8))
                                        .toString())
                        .exitStatus())
                .isNotZero();
    }

    @Test
    void theFingerprintIsThatOfTheArmoredKey() {
        assertThat(PublicKeys.fingerprints(KEY.armored())).containsExactly(KEY.fingerprint());
        assertThat(KEY.toString()).isEqualTo("vmtest tests " + KEY.fingerprint());
    }

    @Test
    void aptFetchesThePackageAndDpkgReadsIt() throws Exception {
        for (Map.Entry<String, byte[]> each : FILES.entrySet()) {
            write("archive/" + each.getKey(), each.getValue());
        }
        for (String made :
                List.of("state/lists/partial", "cache/archives/partial", "etc/trusted.gpg.d", "etc/apt.conf.d")) {
            Files.createDirectories(directory.resolve(made));
        }
        write("state/status", new byte[0]);
        write("etc/trusted.gpg.d/own.asc", KEY.armored().getBytes(StandardCharsets.UTF_8));
        write(
                "etc/sources.list",
                ("deb [arch=amd64] file:" + directory.resolve("archive") + " bookworm main contrib\n"
                                + "deb [arch=amd64] file:" + directory.resolve("archive") + " bookworm-security main\n")
                        .getBytes(StandardCharsets.UTF_8));
        write("apt.conf", """
                Dir::Etc "%1$s/etc"; Dir::State "%1$s/state"; Dir::State::status "%1$s/state/status";
                Dir::Cache "%1$s/cache"; Dir::Etc::trustedparts "%1$s/etc/trusted.gpg.d";
                APT::Architecture "amd64"; APT::Architectures { "amd64"; }; APT::Sandbox::User "";
                """.formatted(directory).getBytes(StandardCharsets.UTF_8));
        String[] apt = {"env", "APT_CONFIG=" + directory.resolve("apt.conf"), "apt-get"};

        Completed update = run(with(apt, "-q", "--error-on=any", "update"));
        assertThat(update.exitStatus()).as(update.stdout() + update.stderr()).isZero();
        Completed uris = run(with(apt, "-qq", "--print-uris", "download", "vmtest-proof"));
        assertThat(uris.stdout()).contains("pool/main/vmtest-proof/vmtest-proof_1.0_all.deb");

        Path deb = directory.resolve("archive/pool/main/vmtest-proof/vmtest-proof_1.0_all.deb");
        assertThat(run("dpkg-deb", "--field", deb.toString(), "Package", "Version")
                        .stdout())
                .contains("Package: vmtest-proof", "Version: 1.0");
        assertThat(run("dpkg-deb", "--fsys-tarfile", deb.toString()).exitStatus())
                .isZero();
        Path unpacked = directory.resolve("unpacked");
        assertThat(run("dpkg-deb", "-x", deb.toString(), unpacked.toString()).exitStatus())
                .isZero();
        assertThat(unpacked.resolve(PROOF.path())).hasContent("vmtest-proof 1.0\n");
    }

    @Test
    void theSameInputsMakeTheSameFiles() {
        Map<String, byte[]> again = PackageRepository.files("bookworm", "amd64", List.of(PROOF), MADE, KEY);
        assertThat(again.keySet()).isEqualTo(FILES.keySet());
        assertThat(again)
                .allSatisfy((name, content) -> assertThat(content).as(name).isEqualTo(file(name)));
    }

    private static String[] with(String[] command, String... words) {
        String[] whole = Arrays.copyOf(command, command.length + words.length);
        System.arraycopy(words, 0, whole, command.length, words.length);
        return whole;
    }

    private static byte[] unarmored(String armored) {
        StringBuilder body = new StringBuilder();
        armored.lines()
                .filter(line -> !line.startsWith("-") && !line.startsWith("=") && !line.isBlank())
                .forEach(body::append);
        return java.util.Base64.getDecoder().decode(body.toString());
    }
}
