package dev.vmtest.bench.mutants;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hold the defects that share one machine. A machine takes minutes, so several defects go into one; each is still
 * attributed, because no two are about the same element: a check that fails belongs to one of them or to none.
 *
 * @param name the test's name
 * @param base the file name of the configuration
 */
record MutantGroup(String name, String base, List<Mutant> mutants) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    MutantGroup {
        mutants = List.copyOf(mutants);
    }

    /** Put each defect into the first group of its base that has room for it. */
    static List<MutantGroup> pack(List<Mutant> mutants) {
        List<List<Mutant>> open = new ArrayList<>();
        for (Mutant mutant : mutants) {
            List<Mutant> group = open.stream()
                    .filter(others -> fits(mutant, others))
                    .findFirst()
                    .orElse(null);
            if (group == null) {
                group = new ArrayList<>();
                open.add(group);
            }
            group.add(mutant);
        }
        List<MutantGroup> groups = new ArrayList<>();
        for (List<Mutant> group : open) {
            String base = group.get(0).base();
            groups.add(new MutantGroup(stem(base) + "-mutants-" + (groups.size() + 1), base, group));
        }
        return List.copyOf(groups);
    }

    private static boolean fits(Mutant mutant, List<Mutant> others) {
        Set<String> taken = new HashSet<>();
        for (Mutant other : others) {
            if (other.isAlone() || !other.base().equals(mutant.base())) {
                return false;
            }
            taken.addAll(other.elements());
        }
        return !mutant.isAlone() && mutant.elements().stream().noneMatch(taken::contains);
    }

    static String stem(String base) {
        return base.replaceAll("\\.ya?ml$", "");
    }

    /**
     * Return the configuration: the text of the base, so that its lines stay where they are, and a late command for
     * each defect.
     */
    String config(String text) {
        StringBuilder config = new StringBuilder(text);
        config.append(text.endsWith("\n") ? "" : "\n").append("late_commands:\n");
        for (Mutant mutant : mutants) {
            // A JSON list is a YAML list.
            config.append("  99_mutant_")
                    .append(mutant.name())
                    .append(": ")
                    .append(JSON.writeValueAsString(List.of("sh", "-euxc", mutant.defect())))
                    .append('\n');
        }
        return config.toString();
    }
}
