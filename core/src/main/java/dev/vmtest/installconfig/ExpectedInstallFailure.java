package dev.vmtest.installconfig;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Placed;
import dev.vmtest.config.ScalarValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Say how an install is meant to fail ({@code vmtest.expect.install_failed}). All that is named must be found, or the
 * install has failed in another way.
 *
 * @param end how the machine of the install ends, or null for any way
 * @param stage the first stage that reports a failure, or null for any
 * @param texts what is said, and by whom
 * @param errorFiles the names of files, without their directories, in the archive that the installer leaves
 *     ({@code install.error_tarfile})
 */
public record ExpectedInstallFailure(
        Location location,
        @Nullable Placed<End> end,
        @Nullable Placed<Stage> stage,
        List<Text> texts,
        List<Placed<String>> errorFiles) {

    /** The word by which an author may have said it without saying how. */
    private static final String WORD = "install-failed";

    static final String KEY = "install_failed";
    private static final String ERROR_FILES = "error_tarfile";

    public ExpectedInstallFailure {
        texts = List.copyOf(texts);
        errorFiles = List.copyOf(errorFiles);
    }

    /** Say how a machine ends. */
    public enum End {
        POWER_OFF("power-off"),
        RESET("reset"),
        KERNEL_PANIC("kernel-panic"),
        TIME_OUT("time-out");

        private final String word;

        End(String word) {
            this.word = word;
        }

        /** Return the word in the YAML. */
        public String word() {
            return word;
        }
    }

    /** Say whose words a text is looked for in. */
    public enum Witness {
        /** What anybody says on the console, each text without the kernel's stamp. */
        CONSOLE("console"),
        /** A line of the log that the installer reports. */
        LOG("log"),
        /** The name and the description of an event that reports a failure. */
        EVENT("event");

        private final String word;

        Witness(String word) {
            this.word = word;
        }

        /** Return the word in the YAML. */
        public String word() {
            return word;
        }
    }

    /** Hold a text that a witness must say. */
    public record Text(Location location, Witness witness, Pattern pattern) {}

    /** Read the key; null where it is absent. */
    static @Nullable ExpectedInstallFailure read(MapReader expect) {
        MapValue map = expect.map(KEY);
        if (map == null) {
            return null;
        }
        int before = expect.problems().all().size();
        MapReader reader = expect.within(map, "vmtest: expect: " + KEY);
        Map<String, End> ends = new LinkedHashMap<>();
        Arrays.stream(End.values()).forEach(end -> ends.put(end.word(), end));
        Map<String, Stage> stages = new LinkedHashMap<>();
        Arrays.stream(Stage.values()).forEach(stage -> stages.put(stage.text(), stage));
        End end = reader.choice("end", ends);
        Stage stage = reader.choice("stage", stages);
        List<Text> texts = new ArrayList<>();
        for (Witness witness : Witness.values()) {
            texts.addAll(texts(reader, witness));
        }
        List<Placed<String>> files = reader.placedTexts(ERROR_FILES);
        reader.refuseUnknown();
        boolean isRight = expect.problems().all().size() == before;
        boolean isVague = isRight && stage == null && texts.isEmpty() && files.isEmpty();
        if (isVague && (end == null || end == End.TIME_OUT || end == End.POWER_OFF)) {
            // A machine that is slow, or a mistake in the file, would be taken for what was meant.
            reader.problems()
                    .add(
                            expect.source().locationOf(KEY),
                            reader.subject() + ": nothing tells the failure that is meant from any other",
                            "add 'stage:', or a pattern under 'console:', 'log:' or 'event:'");
        }
        if (expect.source().entries().size() > 1) {
            reader.problems()
                    .warn(
                            expect.source().locationOf(KEY),
                            reader.subject() + ": the other keys of 'expect' are not judged: where the install fails,"
                                    + " there is no installed system",
                            "keep one of both");
        }
        return new ExpectedInstallFailure(
                expect.source().locationOf(KEY),
                end == null ? null : new Placed<>(reader.at("end"), end),
                stage == null ? null : new Placed<>(reader.at("stage"), stage),
                texts,
                files);
    }

    /** Add the problem of an author who said only that it fails, and return whether it was one. */
    static boolean isWordAlone(MapReader vmtest, String key) {
        if (vmtest.value(key) instanceof ScalarValue scalar && WORD.equals(scalar.value())) {
            vmtest.problem(
                    key,
                    "'" + key + ": " + WORD + "' does not say how it fails",
                    "write '" + key + ": {" + KEY + ": {console: PATTERN}}'");
            return true;
        }
        return false;
    }

    private static List<Text> texts(MapReader reader, Witness witness) {
        List<Text> texts = new ArrayList<>();
        for (Placed<String> placed : reader.placedTexts(witness.word())) {
            String text = placed.value();
            try {
                Pattern pattern = Pattern.compile(text);
                if (pattern.matcher("").find()) {
                    reader.problems()
                            .add(
                                    placed.location(),
                                    reader.subject() + ": the pattern '" + text + "' matches anything",
                                    "name what the failure says");
                }
                texts.add(new Text(placed.location(), witness, pattern));
            } catch (PatternSyntaxException wrong) {
                reader.problems()
                        .add(
                                placed.location(),
                                reader.subject() + ": the pattern '" + text + "' is no regular expression: "
                                        + wrong.getDescription(),
                                "mask characters with a special meaning by a backslash");
            }
        }
        return texts;
    }
}
