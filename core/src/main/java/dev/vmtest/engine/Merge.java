package dev.vmtest.engine;

import dev.vmtest.result.Announced;
import dev.vmtest.result.Evidence;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.UnitPlace;
import dev.vmtest.text.MistakeException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Make one result of the parts of a run, and prove that each unit ran exactly once: a unit that is missing, that has two
 * verdicts, or that was run on something else is trouble of the infrastructure, named with its part.
 *
 * <p>A unit that a part gives up because its host failed may run again in another part: only that one counts then.
 */
public final class Merge {

    private final List<MergePart> parts;
    private final @Nullable UnitList plan;
    private final Sameness sameness = new Sameness();
    private final Map<String, List<Run>> runs = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Hold one unit in one part.
     *
     * @param part where it ran
     * @param unit what it was there
     * @param result what came of it; null if there is none
     */
    private record Run(MergePart part, Unit unit, @Nullable TestResult result) {

        boolean isReal() {
            return result != null && MergePart.isReal(result);
        }
    }

    private Merge(List<MergePart> parts, @Nullable UnitList plan) {
        this.parts = parts;
        this.plan = plan;
    }

    /**
     * Merge parts.
     *
     * @param topdirs the directories of the parts
     * @param plan the units that there must be; null takes what the parts say of the run that they are parts of
     * @throws MistakeException with every directory that cannot be read
     */
    public static Merged of(List<Path> topdirs, @Nullable UnitList plan) {
        List<MergePart> parts = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        for (Path topdir : new LinkedHashSet<>(topdirs)) {
            try {
                parts.add(MergePart.read(topdir));
            } catch (IOException trouble) {
                unreadable.add(PlainTrouble.of(trouble, topdir));
            }
        }
        if (!unreadable.isEmpty()) {
            throw new MistakeException(String.join("\n", unreadable));
        }
        return new Merge(parts, plan).merged();
    }

    private Merged merged() {
        for (MergePart part : parts) {
            for (Unit unit : part.units().units()) {
                TestResult result = part.result(unit).orElse(null);
                runs.computeIfAbsent(unit.id(), id -> new ArrayList<>()).add(new Run(part, unit, result));
                if (result != null && MergePart.isReal(result)) {
                    sameness.add(unit, part.units().place());
                }
            }
        }
        Set<String> whole = whole();
        List<Merged.Taken> taken = new ArrayList<>();
        whole.forEach(id -> taken.add(one(id, runs.getOrDefault(id, List.of()))));
        runs.keySet().stream().filter(id -> !whole.contains(id)).forEach(id -> taken.add(stranger(id)));
        return new Merged(parts, taken, problems, notes);
    }

    /** Return the ids of the units that there must be, and name the parts that are of another run. */
    private Set<String> whole() {
        if (plan != null) {
            return new LinkedHashSet<>(plan.whole());
        }
        Map<Set<String>, List<MergePart>> said = parts.stream()
                .collect(Collectors.groupingBy(
                        part -> new LinkedHashSet<>(part.units().whole()), LinkedHashMap::new, Collectors.toList()));
        Set<String> usual = said.entrySet().stream()
                .max((one, other) ->
                        Integer.compare(one.getValue().size(), other.getValue().size()))
                .map(Map.Entry::getKey)
                .orElse(Set.of());
        said.forEach((whole, those) -> {
            if (!whole.equals(usual)) {
                those.forEach(
                        part -> problems.add(part.topdir() + " is part of another run: " + difference(whole, usual)));
            }
        });
        return usual;
    }

    private static String difference(Set<String> whole, Set<String> usual) {
        Set<String> more = new LinkedHashSet<>(whole);
        more.removeAll(usual);
        Set<String> less = new LinkedHashSet<>(usual);
        less.removeAll(whole);
        List<String> words = new ArrayList<>();
        if (!more.isEmpty()) {
            words.add("it has " + few(more) + " beside the units of the others");
        }
        if (!less.isEmpty()) {
            words.add("it lacks " + few(less));
        }
        return String.join(" and ", words);
    }

    private static String few(Set<String> ids) {
        String first = ids.iterator().next();
        return ids.size() == 1 ? first : first + " and " + (ids.size() - 1) + " more";
    }

    private Merged.Taken one(String id, List<Run> ran) {
        List<Run> real = ran.stream().filter(Run::isReal).toList();
        if (real.size() > 1) {
            return trouble(
                    id,
                    real.get(0),
                    "doubled: "
                            + real.stream()
                                    .map(run -> run.part().topdir() + " (" + verdict(run) + ")")
                                    .collect(Collectors.joining(" and "))
                            + " have a verdict of it; it must run once");
        }
        if (real.isEmpty()) {
            return withoutVerdict(id, ran);
        }
        Run counts = real.get(0);
        if (ran.size() > 1) {
            ran.stream()
                    .filter(run -> run.result() != null && !run.isReal())
                    .forEach(run -> notes.add(id + ": the host failed in "
                            + run.part().topdir() + ", and " + counts.part().topdir() + " ran it again"));
        }
        List<String> foreign = foreign(counts);
        TestResult result = counts.result();
        return foreign.isEmpty() && result != null
                ? new Merged.Taken(counts.unit(), counts.part(), result)
                : trouble(
                        id, counts, "foreign: in " + counts.part().topdir() + " it had " + String.join("; ", foreign));
    }

    /** Trouble of a host that no other part made up for is a result as well; nothing at all is none. */
    private Merged.Taken withoutVerdict(String id, List<Run> ran) {
        for (int index = ran.size() - 1; index >= 0; index--) {
            Run run = ran.get(index);
            TestResult result = run.result();
            if (result != null) {
                return new Merged.Taken(run.unit(), run.part(), result);
            }
        }
        return trouble(
                id,
                ran.isEmpty() ? null : ran.get(0),
                ran.isEmpty()
                        ? "missing: no part was to run it"
                        : "missing: " + ran.get(0).part().topdir() + " was to run it and has no result");
    }

    private static String verdict(Run run) {
        TestResult result = run.result();
        return result == null ? "" : result.verdict().text();
    }

    private List<String> foreign(Run run) {
        UnitPlace place = run.part().units().place();
        Set<String> found = new LinkedHashSet<>();
        Optional<Unit> planned =
                plan == null ? Optional.empty() : plan.find(run.unit().id());
        planned.ifPresent(unit -> found.addAll(run.unit().inputs().differences(unit.inputs())));
        if (found.isEmpty()) {
            found.addAll(sameness.differences(run.unit(), place));
        }
        return List.copyOf(found);
    }

    private Merged.Taken stranger(String id) {
        Run first = runs.getOrDefault(id, List.of()).get(0);
        return trouble(id, first, "foreign: " + first.part().topdir() + " ran it, and it is no unit of this run");
    }

    private Merged.Taken trouble(String id, @Nullable Run run, String what) {
        problems.add(id + " is " + what);
        TestResult known = run == null ? null : run.result();
        Announced announced = known == null
                ? announced(id)
                : new Announced(known.name(), known.release(), known.installer(), known.directory(), known.reproduce());
        return new Merged.Taken(
                run == null ? null : run.unit(),
                known == null || run == null ? null : run.part(),
                announced.interrupted(
                        0,
                        List.of(),
                        List.of(),
                        Evidence.of("the parts of the run do not add up: this unit is " + what),
                        announced.directory()));
    }

    /** A unit that nobody has begun is known by its id only. */
    static Announced announced(String id) {
        int last = id.lastIndexOf('/');
        int middle = id.lastIndexOf('/', last - 1);
        String test = middle < 0 ? id : id.substring(0, middle);
        String release = middle < 0 ? "" : id.substring(middle + 1, last);
        String installer = last < 0 ? "" : id.substring(last + 1);
        return new Announced(test, release, installer, test + "-" + release, "");
    }
}
