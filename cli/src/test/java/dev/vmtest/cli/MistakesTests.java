package dev.vmtest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.session.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What a newcomer types that is not quite a command line: one answer that says what to type. */
class MistakesTests {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "frobnicate --help             | 'vmtest' has no command 'frobnicate'; these are: run, list, history, units, merge, engine, init",
                "rnu SimpleTest                | 'vmtest' has no command 'rnu'; did you mean 'run'?",
                "query                         | 'vmtest' has no command 'query'; did you mean 'vmtest images query'?",
                "install                       | 'vmtest' has no command 'install'; did you mean 'run'?",
                "my.yaml                       | 'vmtest' has no command 'my.yaml'; 'vmtest run my.yaml' runs a test",
                "SimpleTest                    | 'vmtest run SimpleTest' runs a test",
                "version                       | did you mean 'vmtest --version'?",
                "images list                   | 'vmtest images' has no command 'list'; did you mean 'query'?",
                "images frob --help            | 'vmtest images' has no command 'frob'; these are: build, sync, query",
                "images qeury                  | 'vmtest images' has no command 'qeury'; did you mean 'query'?",
                "images                        | say what to do with the images: build, sync, query, verify or prune",
                "images build bookworm         | 'bookworm' is one word too many for 'vmtest images build'; write --release",
                "images build bookworm,trixie  | write --release bookworm,trixie",
                "images query --max two        | --max: 'two' is no whole number",
                "images query --max 9999999999 | --max: '9999999999' is no whole number of that size",
                "images query --json -o x      | --output-format and --json exclude each other; leave out one",
                "help frob                     | 'vmtest' has no command 'frob'",
                "help images frob              | 'vmtest images' has no command 'frob'",
                "run --bogus --help            | 'vmtest run' has no option '--bogus'",
                "run --topdri=x                | 'vmtest run' has no option '--topdri'; did you mean '--topdir'?",
                "run --output x                | 'vmtest run' has no option '--output'; did you mean '--topdir'?",
                "run --serial-log x            | it is one of 'vmtest launch'",
                "run --keep                    | --keep needs a value: --keep PARTS",
                "run --topdir a --topdir b     | --topdir is given twice; give it once",
                "run --release bookwrm         | --release: no release is called 'bookwrm'; did you mean 'bookworm'?",
                "run --fidelity ful            | --fidelity: 'ful' is none of full, full-http, resume; did you mean 'full'?",
                "run --variant palin           | --variant: 'palin' is none of generic, networkd, network-manager, zfs, plain; did you mean 'plain'?",
                "run --shard 2                 | --shard: ",
                "check                         | CONFIG is missing: Configuration files",
                "report                        | TOPDIR is missing: The directory of the run",
                "ssh-keys foo                  | FORM: 'foo' is none of dump, cloud-config, meta-data, json",
                "backdoor disk.img             | --user is missing: The user",
                "image-exec                    | IMAGE is missing: name an image file, or an install image by --release",
                "image-exec .                  | say a command after --",
                "image-exec . -- ls            | the image . cannot be read: it is a directory; name an image in it",
                "image-exec --list x ls        | --list runs no command; leave out 'ls'",
                "image-exec -R bookwrm ls      | --release: no release is called 'bookwrm'; did you mean 'bookworm'?",
                "image-exec -R jammy,noble ls  | --release: one release at a time; name one of jammy, noble",
                "images query relase=bookworm  | items have no field 'relase', as relase=bookworm asks for; did you mean 'release'?",
                "images query release=bookwrm  | no release is called 'bookwrm'; did you mean 'bookworm'?",
                "images query bookwrm          | no release is called 'bookwrm'; did you mean 'bookworm'?",
                "images query trixie bokworm   | no release is called 'bokworm'; did you mean 'bookworm'?",
                "images query arch=amd46       | no architecture is called 'amd46'; did you mean 'amd64'?",
                "images query arch!=amd46      | no architecture is called 'amd46'; did you mean 'amd64'?",
                "images query os=debain        | no system is called 'debain'; did you mean 'debian'?",
                "images query ftype=sqashfs    | no type of file is called 'sqashfs'; did you mean 'squashfs'?",
                "images query /proc/nothing    | /proc/nothing is no image tree: there is no streams/v1/index.json in it",
                "images query src              | src is no image tree",
                "images query ./a ./b          | one mirror is listed at a time; name one of ./a, ./b",
                "images query -R bookwrm       | --release: no release is called 'bookwrm'; did you mean 'bookworm'?",
                "images sync --release jamy    | --release: no release is called 'jamy'; did you mean 'jammy'?",
                "images verify -R bookwrm      | --release: no release is called 'bookwrm'; did you mean 'bookworm'?",
                "images verify bookworm        | write --release bookworm",
                "images prune --release trixi  | --release: no release is called 'trixi'; did you mean 'trixie'?",
                "check --release bookwrm x     | --release: no release is called 'bookwrm'; did you mean 'bookworm'?",
                "plan --release bookwrm x      | --release: no release is called 'bookwrm'; did you mean 'bookworm'?",
                "plan -R bookworm,trixie x     | --release: one release at a time; name one of bookworm, trixie",
                "launch -R bookworm,trixie ls  | --release: one release at a time; name one of bookworm, trixie",
                "image-exec disk.img ls -l     | 'vmtest image-exec' has no option '-l'; options of the command that is run",
                "image-exec --readonly x -- ls | did you mean '--read-only'?",
                "image-exec --format vmdk x    | --format: 'vmdk' is none of raw, qcow2",
                "image-exec --smp 2 x -- ls    | it is one of 'vmtest launch'",
                "xkvm -m 2048                  | 'vmtest xkvm' has no option '-m'; an option of QEMU stands after --",
                "xkvm --memory 2048            | an option of QEMU stands after --, such as: -- -m 2048",
                "xkvm -nographic               | -nographic is an option of QEMU",
                "xkvm --disk --dry-run         | --disk needs a value",
                "xkvm --arch amd65             | --arch: no architecture of guests is called 'amd65'",
                "launch --memory 512 -- ls     | did you mean '--mem'?",
                "launch --cpus 2 -- ls         | did you mean '--smp'?",
                "launch --topdir x -- ls       | 'vmtest launch' has no option '--topdir'; it is one of 'vmtest merge', 'vmtest run'",
                "launch --mem 1G -- ls         | --mem: '1G' is no whole number",
            })
    void aMistakeIsAnsweredOnce(String words, String answer) throws Exception {
        TestHost.Result result = new TestHost(directory).run(words.split(" ", -1));

        assertThat(result.status()).as(result.err()).isEqualTo(ExitStatus.USAGE);
        assertThat(result.err()).contains(answer);
        assertThat(result.err().lines()).as(result.err()).hasSizeLessThanOrEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .doesNotContain("Exception", "Unmatched", "Invalid value", "RAW", "FULL_HTTP", "mutually");
    }

    static Stream<List<String>> commands() {
        List<List<String>> all = new ArrayList<>();
        CommandLine vmtest = Main.commandLine(Invocation.of(Surroundings.of(Map.of()), System.out, System.err));
        collect(vmtest, List.of(), all);
        return all.stream();
    }

    private static void collect(CommandLine command, List<String> words, List<List<String>> all) {
        all.add(words);
        command.getSubcommands().forEach((name, below) -> {
            List<String> longer = new ArrayList<>(words);
            longer.add(name);
            collect(below, longer, all);
        });
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandAnswersHelpAndVersionAndRefusesWhatItDoesNotKnow(List<String> words) throws Exception {
        TestHost host = new TestHost(directory);
        List<String> before = host.files();
        TestHost.Result help = host.run(with(words, "--help"));
        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Usage: ").doesNotContain("GENERIC", "RAW", "=<");
        assertThat(help.err()).isEmpty();

        TestHost.Result unknown = host.run(with(words, "--no-such-option", "--help"));
        assertThat(unknown.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(unknown.err()).contains("has no option '--no-such-option'");

        TestHost.Result version = host.run(with(words, "--version"));
        assertThat(version.status()).isZero();
        assertThat(version.out()).matches("vmtest \\S+\n");
        assertThat(host.files()).isEqualTo(before);
    }

    private static String[] with(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void helpExplainsACommandOfTwoWords() throws Exception {
        TestHost.Result result = new TestHost(directory).run("help", "images", "build");

        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("Usage: vmtest images build ");
    }
}
