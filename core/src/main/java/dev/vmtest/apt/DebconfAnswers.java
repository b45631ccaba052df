package dev.vmtest.apt;

import dev.vmtest.config.Location;
import dev.vmtest.secret.Secret;
import java.util.List;

/**
 * Describe the answers that stand under one name.
 *
 * @param location where the name stands
 * @param name an author's; sets are taken in the order of their names
 * @param text what debconf-set-selections(1) reads
 * @param answers its lines that are answers
 */
public record DebconfAnswers(Location location, String name, Secret text, List<DebconfAnswer> answers) {

    public DebconfAnswers {
        answers = List.copyOf(answers);
    }
}
