package dev.vmtest.cli;

import dev.vmtest.config.Suggestion;
import dev.vmtest.release.ReleaseTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Say in our own words what is wrong with a command line, and what was probably meant. */
final class Mistakes {

    /** What picocli puts before the reason of a value that a converter refused. */
    private static final Pattern REFUSED = Pattern.compile(
            "Invalid value for (?:option '([^']+)'|positional parameter [^(]*\\(([^)]*)\\))"
                    + "(?: \\([^)]*\\))?(?: \\([^)]*\\))*: (.*)",
            Pattern.DOTALL);

    private static final Pattern SWALLOWED =
            Pattern.compile("Expected parameter for option '([^']+)' but found '([^']*)'");
    private static final Pattern EXCLUDING = Pattern.compile("Error: (.*) are mutually exclusive.*", Pattern.DOTALL);

    /** Words that other programs use for what a command or an option of this one does. */
    private static final Map<String, String> OTHER_WORDS = Map.ofEntries(
            Map.entry("test", "run"),
            Map.entry("install", "run"),
            Map.entry("start", "run"),
            Map.entry("ls", "list"),
            Map.entry("list", "query"),
            Map.entry("validate", "check"),
            Map.entry("lint", "check"),
            Map.entry("new", "init"),
            Map.entry("create", "init"),
            Map.entry("config", "settings"),
            Map.entry("env", "settings"),
            Map.entry("version", "--version"),
            Map.entry("list-images", "images query"),
            Map.entry("image", "images"),
            Map.entry("show", "query"),
            Map.entry("find", "query"),
            Map.entry("fetch", "sync"),
            Map.entry("pull", "sync"),
            Map.entry("download", "sync"),
            Map.entry("make", "build"),
            Map.entry("remove", "prune"),
            Map.entry("rm", "prune"),
            Map.entry("delete", "prune"),
            Map.entry("clean", "prune"),
            Map.entry("exec", "image-exec"),
            Map.entry("boot", "launch"),
            Map.entry("--memory", "--mem"),
            Map.entry("--ram", "--mem"),
            Map.entry("--cpus", "--smp"),
            Map.entry("--jobs", "--parallel"),
            Map.entry("--output", "--topdir"),
            Map.entry("--releases", "--release"),
            Map.entry("--readonly", "--read-only"),
            Map.entry("--filter-by", "--filter"));

    /** Options of QEMU that newcomers give to xkvm itself. */
    private static final Set<String> OF_QEMU = Set.of(
            "-m",
            "--mem",
            "--memory",
            "-smp",
            "--smp",
            "--cpus",
            "-nographic",
            "--nographic",
            "-cdrom",
            "--cdrom",
            "-drive",
            "-hda",
            "-kernel",
            "--kernel",
            "-initrd",
            "--initrd",
            "-append",
            "--append",
            "-serial",
            "-display",
            "-boot",
            "-enable-kvm",
            "-device",
            "-vnc",
            "--vnc",
            "-cpu");

    private Mistakes() {}

    /** Return what is wrong, one sentence each. */
    static List<String> of(ParameterException wrong) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            return unmatched.getUnmatched().stream()
                    .limit(1)
                    .map(word -> unmatched(command, word))
                    .toList();
        }
        if (wrong instanceof MissingParameterException missing) {
            return missing(missing);
        }
        String said = String.valueOf(wrong.getMessage());
        if (wrong instanceof OverwrittenOptionException twice && twice.getOverwritten() instanceof OptionSpec option) {
            return List.of(option.longestName() + " is given twice; give it once");
        }
        Matcher excluding = EXCLUDING.matcher(said);
        if (wrong instanceof MutuallyExclusiveArgsException && excluding.matches()) {
            return List.of(excluding.group(1).replaceAll("=[^,]*", "").replace(", ", " and ")
                    + " exclude each other; leave out one");
        }
        Matcher swallowed = SWALLOWED.matcher(said);
        if (swallowed.matches()) {
            return List.of(
                    swallowed.group(1) + " needs a value, and '" + swallowed.group(2) + "' is the next option instead");
        }
        return List.of(refused(wrong, said));
    }

    private static String refused(ParameterException wrong, String said) {
        Matcher refused = REFUSED.matcher(said);
        if (!refused.matches()) {
            return said;
        }
        String name = Optional.ofNullable(refused.group(1)).orElse(refused.group(2));
        ArgSpec argument = wrong.getArgSpec();
        Class<?> type = argument == null ? String.class : argument.auxiliaryTypes()[0];
        String value = String.valueOf(wrong.getValue());
        if (type.isEnum() && refused.group(3).startsWith("expected one of")) {
            List<String> words = words(type);
            return name + ": '" + value + "' is none of " + String.join(", ", words)
                    + Suggestion.nearest(value, words)
                            .map(word -> "; did you mean '" + word + "'?")
                            .orElse("");
        }
        if (List.of(int.class, Integer.class, long.class, Long.class).contains(type)) {
            return name + ": '" + value + "' is no whole number" + (value.matches("[0-9]+") ? " of that size" : "");
        }
        return name + ": " + refused.group(3);
    }

    private static List<String> words(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(word -> word.toString().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<String> missing(MissingParameterException missing) {
        List<String> all = new ArrayList<>();
        for (ArgSpec argument : missing.getMissing()) {
            String label = argument.paramLabel().replaceAll("[<>]", "");
            if (argument instanceof OptionSpec option) {
                all.add(
                        option.required()
                                ? option.longestName() + " is missing: " + about(option)
                                : option.longestName() + " needs a value: " + option.longestName() + " " + label);
            } else {
                all.add(label + " is missing: " + about(argument));
            }
        }
        return all.isEmpty() ? List.of(String.valueOf(missing.getMessage())) : all;
    }

    private static String about(ArgSpec argument) {
        String description = String.join(" ", argument.description());
        return (description.isEmpty() ? argument.paramLabel() : description).replaceAll("[.;] .*|\\.? *$", "");
    }

    private static String unmatched(CommandSpec command, String word) {
        boolean hasCommands = !command.subcommands().isEmpty();
        if (word.startsWith("-") && word.length() > 1) {
            return "'" + command.qualifiedName() + "' has no option '" + optionName(word) + "'"
                    + optionHint(command, optionName(word));
        }
        if (hasCommands) {
            return "'" + command.qualifiedName() + "' has no command '" + word + "'" + commandHint(command, word);
        }
        return "'" + word + "' is one word too many for '" + command.qualifiedName() + "'" + wordHint(command, word);
    }

    private static String optionName(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }

    private static String wordHint(CommandSpec command, String word) {
        List<String> names = List.of(word.split(",", -1));
        if (names.stream().allMatch(name -> ReleaseTable.base(name).isPresent())
                && command.findOption("--release") != null) {
            return "; write --release " + word;
        }
        if (word.endsWith(".yaml") && command.findOption("--config") == null) {
            return "; 'vmtest run " + word + "' runs a configuration";
        }
        return "";
    }

    private static String optionHint(CommandSpec command, String option) {
        if (command.name().equals("xkvm") && OF_QEMU.contains(option)) {
            return "; an option of QEMU stands after --, such as: -- -m 2048";
        }
        List<String> own = longNames(command);
        String other = OTHER_WORDS.get(option);
        if (other != null && own.contains(other)) {
            return "; did you mean '" + other + "'?";
        }
        List<String> longer =
                own.stream().filter(name -> name.startsWith(option)).toList();
        if (longer.size() == 1) {
            return "; did you mean '" + longer.get(0) + "'?";
        }
        String near = Suggestion.didYouMean(option, own);
        if (!near.isEmpty()) {
            return "; " + near;
        }
        TreeSet<String> owners = new TreeSet<>();
        collectOwners(command.root(), option, owners);
        if (!owners.isEmpty() && option.startsWith("--")) {
            return "; it is one of "
                    + owners.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        }
        boolean runsCommand = command.positionalParameters().stream()
                .anyMatch(word -> word.paramLabel().equals("COMMAND"));
        return runsCommand ? "; options of the command that is run stand after --" : "";
    }

    private static List<String> longNames(CommandSpec command) {
        return command.options().stream()
                .flatMap(option -> Arrays.stream(option.names()))
                .filter(name -> name.startsWith("--"))
                .toList();
    }

    private static void collectOwners(CommandSpec command, String option, Collection<String> owners) {
        if (command.findOption(option) != null) {
            owners.add(command.qualifiedName());
        }
        command.subcommands().values().forEach(below -> collectOwners(below.getCommandSpec(), option, owners));
    }

    private static String commandHint(CommandSpec command, String word) {
        Collection<String> own = command.subcommands().keySet();
        String other = OTHER_WORDS.getOrDefault(word, "");
        List<String> elsewhere = new ArrayList<>();
        collectCommands(command.root(), word, elsewhere);
        if (!other.isEmpty()) {
            collectCommands(command.root(), other, elsewhere);
        }
        if (other.startsWith("--") || other.contains(" ")) {
            elsewhere.add(0, "vmtest " + other);
        }
        if (own.contains(other)) {
            return "; did you mean '" + other + "'?";
        }
        if (!elsewhere.isEmpty()) {
            return "; did you mean '" + elsewhere.get(0) + "'?";
        }
        if (word.endsWith(".yaml") || word.endsWith(".yml") || Suite.find(word).isPresent()) {
            return "; 'vmtest run " + word + "' runs a test";
        }
        String near = Suggestion.didYouMean(word, own);
        return near.isEmpty() ? "; these are: " + String.join(", ", own) : "; " + near;
    }

    private static void collectCommands(CommandSpec command, String word, List<String> found) {
        for (CommandLine below : command.subcommands().values()) {
            CommandSpec spec = below.getCommandSpec();
            if (spec.name().equals(word)) {
                found.add(spec.qualifiedName());
            }
            collectCommands(spec, word, found);
        }
    }
}
