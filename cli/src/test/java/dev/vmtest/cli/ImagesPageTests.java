package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.session.RunLog;
import dev.vmtest.session.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of docs/images.md in their order, and the command's answers to what is wrong. */
class ImagesPageTests {

    private static final Path PAGE = Path.of("../docs/images.md");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```console\\n((?s:.*?))^```$");

    @TempDir
    private Path directory;

    private Map<String, String> environment = Map.of();
    private SignedStream stream;

    @BeforeEach
    void makeStream() throws IOException {
        stream = new SignedStream(directory.resolve("server"), List.of("focal", "jammy"));
        environment = Map.of(
                "PATH", System.getenv("PATH"),
                "HOME", directory.toString(),
                "TMPDIR", directory.toString(),
                "IMAGE_DIR", directory.resolve("images").toString(),
                "IMAGE_SRC_URL", stream.url().toString(),
                "IMAGE_SRC_KEYRING", stream.keyring().toString());
    }

    private TestHost.Result run(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                Invocation.of(
                        new Surroundings(environment, path -> 1L << 40, RunLog.NONE),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                words);
        return new TestHost.Result(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void theExamplesDoWhatThePageShows() throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
        List<String> done = new ArrayList<>();
        while (blocks.find()) {
            for (String example : blocks.group(1).split("(?m)^\\$ vmtest ", -1)) {
                if (!example.isEmpty()) {
                    String[] parts = example.split("\n", 2);
                    TestHost.Result result = run(parts[0].split(" "));
                    assertThat(result.err()).as(parts[0]).isEmpty();
                    assertThat(result.status()).as(parts[0]).isZero();
                    if (!parts[1].isEmpty()) {
                        assertThat(result.out()).as(parts[0]).isEqualTo(parts[1]);
                    }
                    done.add(parts[0]);
                }
            }
        }
        assertThat(done).hasSizeGreaterThan(7);
    }

    @Test
    void syncSaysWhatItDoes() {
        assertThat(run("images", "sync", "jammy", "--dry-run").out())
                .contains("would fetch ubuntu/jammy/amd64/20260101/squashfs")
                .endsWith("3 files would be fetched, 51.0 kB; 0 files would be removed\n");
        assertThat(directory.resolve("images")).doesNotExist();
        assertThat(run("images", "sync", "jammy").out())
                .contains("fetching ubuntu/jammy/amd64/20260101/squashfs, 15.0 kB\n")
                .containsPattern("fetched ubuntu/jammy/amd64/20260101/squashfs, 15.0 kB in \\d+:\\d\\d, .*/s\n")
                .endsWith("jammy amd64/ga-22.04 20260101\n3 files fetched, 51.0 kB; 0 files removed\n");
        assertThat(run("images", "sync", "jammy").out()).endsWith("0 files fetched, 0 B; 0 files removed\n");
        assertThat(run("images", "sync", "focal", "--clean").out()).endsWith("; 3 files removed\n");
    }

    @Test
    void syncLogsAsMuchAsIsAskedFor() throws IOException {
        Path log = directory.resolve("sync.log");
        String file = log.toString();
        assertThat(run("images", "sync", "jammy", "--log-file", file).err()).isEmpty();
        assertThat(log).isEmptyFile();
        assertThat(run("images", "sync", "focal", "--clean", "--log-file", file, "-v")
                        .err())
                .isEmpty();
        assertThat(Files.readString(log).replaceAll("(?m)^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z ", ""))
                .contains("INFO syncing " + stream.url() + " to " + directory.resolve("images"))
                .contains("INFO fetched ubuntu/focal/amd64/20260101/squashfs\n")
                .contains("INFO removed ubuntu/jammy/amd64/20260101/squashfs\n")
                .contains("INFO in the tree: focal amd64/ga-20.04 20260101\n")
                .doesNotContain("DEBUG");
        assertThat(run("images", "sync", "jammy", "-vv").err())
                .contains(" DEBUG asked for: ", " DEBUG fetching ubuntu/jammy", " INFO fetched ubuntu/jammy");

        Files.writeString(log, "");
        assertThat(run("images", "sync", "zebra", "--log-file", file).status()).isEqualTo(ExitStatus.INFRASTRUCTURE);
        assertThat(Files.readString(log)).contains(" ERROR ", "zebra for amd64");
        TestHost.Result unwritable = run("images", "sync", "jammy", "--log-file", file + "/x");
        assertThat(unwritable.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(unwritable.err()).contains("--log-file " + file + "/x cannot be written");
    }

    @Test
    void syncSaysWhatIsWrong() throws IOException {
        TestHost.Result nothing = run("images", "sync", "zebra");
        assertThat(nothing.status()).isEqualTo(ExitStatus.INFRASTRUCTURE);
        assertThat(nothing.err()).contains("zebra for amd64").contains("it has: focal amd64, jammy amd64");
        TestHost.Result filter = run("images", "sync", "release~(");
        assertThat(filter.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(filter.err()).contains("the filter 'release~(' has a wrong regular expression");
        assertThat(run("images", "sync", "jammy", "--jobs", "0").status()).isEqualTo(ExitStatus.USAGE);
        Files.delete(directory.resolve("server/stream/ubuntu/jammy/amd64/20260101/squashfs"));
        TestHost.Result partly = run("images", "sync", "jammy", "focal");
        assertThat(partly.status()).isEqualTo(ExitStatus.INFRASTRUCTURE);
        assertThat(partly.err()).contains("the stream has no file").contains("jammy/amd64/20260101/squashfs");
        assertThat(partly.out()).contains("focal amd64/ga-20.04 20260101\n").doesNotContain("jammy amd64");
    }

    @Test
    void aRunBeginsWithASyncWhereTheEnvironmentSaysSo() {
        Map<String, String> syncing = new HashMap<>(environment);
        syncing.put("CURTIN_VMTEST_IMAGE_SYNC", "true");
        environment = syncing;
        TestHost.Result result = run("run", "SimpleTest", "--release", "bookworm");
        assertThat(result.status()).isEqualTo(ExitStatus.INFRASTRUCTURE);
        assertThat(result.err())
                .contains("the images were not synced (CURTIN_VMTEST_IMAGE_SYNC)")
                .contains("has nothing of what is asked for: bookworm")
                .contains("there is no image of bookworm amd64");
    }

    @Test
    void aQueryThatFindsNothingSaysSoAndIsNoError() {
        TestHost.Result empty = run("images", "query", "krel=jammy", "subarch=hwe-22.04");
        assertThat(empty.status()).as(empty.err()).isZero();
        assertThat(empty.out()).isEmpty();
        assertThat(empty.err()).contains("there are no images in " + directory.resolve("images"));

        run("images", "sync", "jammy");
        TestHost.Result none = run("images", "query", "noble", "--json");
        assertThat(none.status()).as(none.err()).isZero();
        assertThat(none.out()).isEqualTo("[ ]\n");
        assertThat(none.err()).isEqualTo("vmtest: no item in " + directory.resolve("images") + " passes\n");
        assertThat(run("images", "query", "subarch=ga-22.40").err()).contains("did you mean subarch=ga-22.04?");
        // What a script of the Python harness asks for, whether or not anything has it.
        assertThat(run("images", "query", "release=noble", "arch=amd64", "kflavor=generic", "krel=", "label~^daily$")
                        .status())
                .isZero();
    }

    @Test
    void releasesAreNamedAlikeByEveryCommand() {
        assertThat(run("images", "sync", "--release", "jammy-hwe,focal").out())
                .contains("jammy amd64/ga-22.04 20260101\n", "focal amd64/ga-20.04 20260101\n");
        String both = run("images", "query").out();
        assertThat(both).contains("jammy ", "focal ");
        assertThat(run("images", "query", "--release", "focal,jammy-hwe").out()).isEqualTo(both);
        assertThat(run("images", "query", "focal", "jammy").out()).isEqualTo(both);
        assertThat(run("images", "query", "-R", "focal").out())
                .isEqualTo(run("images", "query", "focal").out());
        TestHost.Result one = run("images", "verify", "--release", "focal");
        assertThat(one.status()).as(one.err()).isZero();
        assertThat(one.out()).isEqualTo("focal amd64/ga-20.04 20260101: good\n");
        TestHost.Result missing = run("images", "verify", "--release", "focal,noble");
        assertThat(missing.status()).isEqualTo(ExitStatus.INFRASTRUCTURE);
        assertThat(missing.out()).isEqualTo(one.out());
        assertThat(missing.err()).contains("there is no image of noble in " + directory.resolve("images"));
    }

    @Test
    void queryHasTheExitStatusesOfTheSeeds() throws IOException {
        run("images", "sync", "jammy");
        TestHost.Result unknown = run("images", "query", "-o", "%(nonsense)s");
        assertThat(unknown.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(unknown.err()).contains("has no field 'nonsense'; it has: arch, content_id");
        assertThat(run("images", "query", "-o", "%(release").status()).isEqualTo(ExitStatus.FAILED);
        assertThat(run("images", "query", "-o", "x", "--json").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(run("images", "query", "--json", "ftype=squashfs").out())
                .contains("\"size\" : 15000")
                .contains("\"item_url\" : \"" + directory.resolve("images/ubuntu/jammy/amd64/20260101/squashfs"));
        assertThat(run("images", "query", directory.resolve("images").toString(), "ftype!~boot")
                        .out())
                .isEqualTo("jammy   amd64/ga-22.04/generic 20260101   squashfs\n");
        PrintStream nobody = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                true,
                StandardCharsets.UTF_8);
        int status = Main.run(
                Invocation.of(new Surroundings(environment, path -> 1L << 40, RunLog.NONE), nobody, System.err),
                "images",
                "query");
        assertThat(status).isEqualTo(141);
    }
}
