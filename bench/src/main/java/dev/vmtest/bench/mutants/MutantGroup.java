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

    /**
     * Put a program before a tool, in the directory where the installer looks first, that changes its words. Several
     * defects may change the words of one tool.
     */
    private static final String WRAP = """
            mkdir -p /run/mutants
            printf '%s\\n' "$2" >>"/run/mutants/$1.sed"
            [ -e "/usr/local/sbin/$1" ] || real=$(command -v "$1")
            [ -e "/usr/local/sbin/$1" ] || cat >"/usr/local/sbin/$1" <<END
            #!/bin/sh
            count=\\$#
            while [ "\\$count" -gt 0 ]; do
                word=\\$(printf '%s\\n' "\\$1" | sed -f /run/mutants/$1.sed)
                shift
                [ -z "\\$word" ] || set -- "\\$@" "\\$word"
                count=\\$((count - 1))
            done
            exec $real "\\$@"
            END
            chmod 0755 "/usr/local/sbin/$1"
            """;

    /** Have ifupdown's service change its file before it begins. */
    private static final String RENDER = """
            drop=/etc/systemd/system/networking.service.d
            mkdir -p "$TARGET_MOUNT_POINT$drop"
            printf '%s\\n' "$2" >"$TARGET_MOUNT_POINT/etc/$1.sed"
            printf '%s\\n' '[Service]' "ExecStartPre=/bin/sed -i -f /etc/$1.sed /etc/network/interfaces.d/50-cloud-init" \\
                >"$TARGET_MOUNT_POINT$drop/$1.conf"
            """;

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
     * Return the configuration: the text of the base, so that its lines stay where they are, and a command for each
     * defect.
     */
    String config(String text) {
        StringBuilder early = new StringBuilder();
        StringBuilder late = new StringBuilder();
        for (Mutant mutant : mutants) {
            if (mutant.defect() instanceof Mutant.Defect.Late defect) {
                append(late, mutant, List.of("sh", "-euxc", defect.text()));
            } else if (mutant.defect() instanceof Mutant.Defect.Rendered defect) {
                append(late, mutant, List.of("sh", "-euxc", RENDER, "render", mutant.name(), defect.program()));
            } else if (mutant.defect() instanceof Mutant.Defect.Words defect) {
                append(early, mutant, List.of("sh", "-euxc", WRAP, "wrap", defect.tool(), defect.words()));
            }
        }
        StringBuilder config = new StringBuilder(text).append(text.endsWith("\n") ? "" : "\n");
        if (!early.isEmpty()) {
            config.append("early_commands:\n").append(early);
        }
        if (!late.isEmpty()) {
            config.append("late_commands:\n").append(late);
        }
        return config.toString();
    }

    private static void append(StringBuilder commands, Mutant mutant, List<String> words) {
        // A JSON list is a YAML list.
        commands.append("  99_mutant_")
                .append(mutant.name())
                .append(": ")
                .append(JSON.writeValueAsString(words))
                .append('\n');
    }
}
