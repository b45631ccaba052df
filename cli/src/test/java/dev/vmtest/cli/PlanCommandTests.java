package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTests {

    private static final String BASIC = Path.of("../examples/tests/basic.yaml").toString();

    @TempDir
    private Path directory;

    @Test
    void plansForAnotherArchitecture() throws IOException {
        TestHost.Result here = new TestHost(directory).run("plan", "--arch", "amd64", BASIC);
        TestHost.Result power = new TestHost(directory).run("plan", "--arch", "ppc64el", BASIC);

        assertThat(here.err() + power.err()).isEmpty();
        assertThat(here.out())
                .contains("install_grub_bios \"$device_")
                .doesNotContain("install_grub_open_firmware \"$device_");
        assertThat(power.out())
                .contains("install_grub_open_firmware \"$device_prep_partition\"")
                .doesNotContain("install_grub_bios \"$device_");
    }

    @Test
    void printsSecretsOnlyWhereThatIsAskedFor() throws IOException {
        String layout = Files.readString(Path.of(BASIC));
        Path file = Files.writeString(directory.resolve("c.yaml"), layout + """
                proxy: {http_proxy: 'http://u:S3cret-1@h:3128'}
                apt_proxy: 'http://u:S3cret-2@h:3142'
                debconf_selections: {a: 'passwd passwd/root-password password S3cret-3'}
                write_files:
                  a: {path: /etc/a, content: 'password=S3cret-4', permissions: '0600'}
                  b: {path: /etc/b, content: 'password=S3cret-5'}
                late_commands: {z: [echo, 'S3cret-3', 'http://u:S3cret-6@h/']}
                reporting: {m: {type: webhook, endpoint: 'http://u:S3cret-7@h/x'}}
                """);

        TestHost.Result shown = new TestHost(directory).run("plan", file.toString());
        TestHost.Result whole = new TestHost(directory).run("plan", "--secrets", file.toString());

        assertThat(shown.err() + whole.err()).isEmpty();
        assertThat(shown.out())
                .doesNotContain("S3cret")
                .contains(
                        "export http_proxy='http://(secret)@h:3128'",
                        "printf '%s' '(secret)' | put_file /etc/b",
                        "run_command late z echo '(secret)' 'http://u:(secret)@h/'");
        assertThat(whole.out())
                .contains("S3cret-1", "S3cret-2", "S3cret-3", "S3cret-4", "S3cret-5", "S3cret-6", "S3cret-7");
    }

    @Test
    void saysWhichArchitecturesThereAre() throws IOException {
        TestHost.Result result = new TestHost(directory).run("plan", "--arch", "sparc", BASIC);

        assertThat(result.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(result.err()).contains("'sparc'", "ppc64el");
    }

    @Test
    void aReleaseOnTheCommandLineWinsOverThatOfTheFile() throws IOException {
        TestHost host = new TestHost(directory);
        String file = host.write("mine.yaml", "vmtest: {release: trixie}\n").toString();

        // An image of Debian that is built here keeps its package sources.
        assertThat(host.run("plan", "--secrets", file).out()).contains("\"preserve_sources_list\":true");
        assertThat(host.run("plan", "--secrets", "--release", "jammy", file).out())
                .contains("mkfs.ext4")
                .doesNotContain("\"preserve_sources_list\":true");
    }

    @Test
    void checkLooksAtEveryReleaseThatIsNamed() throws IOException {
        TestHost host = new TestHost(directory);
        String file = host.write("mine.yaml", "{}\n").toString();

        assertThat(host.run("check", file).out()).isEqualTo(file + ": no problem found\n");
        assertThat(host.run("check", "--release", "trixie,jammy", file).out())
                .contains(file + ": would be skipped on jammy: ")
                .endsWith(file + ": no problem found\n");
    }

    @Test
    void checkSaysWhatTheInstallerUnderTestDoesNotPromise() throws IOException {
        TestHost host = new TestHost(directory);
        String file = host.write("mine.yaml", """
                storage:
                  version: 1
                  config:
                  - {id: d, type: disk, ptable: msdos, serial: s}
                  - {id: p, type: partition, device: d, size: 3G}
                  - {id: q, type: partition, device: d, size: 1G}
                  - {id: f, type: format, volume: p, fstype: ext4}
                  - {id: g, type: format, volume: q, fstype: ntfs, uuid: 81111111-2222-4333-8444-555555555501}
                  - {id: m, type: mount, device: f, path: /}
                """).toString();

        assertThat(host.run("check", "--installer", "curtin", file).out())
                .isEqualTo(file
                        + ":8:52: not judged: format g: uuid: curtin leaves the UUID of ntfs to the tool that makes"
                        + " it\n" + file + ": no problem found\n");
    }
}
