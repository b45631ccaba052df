package dev.vmtest.secret;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Know secrets, to take them out of what others say: an installer that fails repeats its commands, and results keep that.
 *
 * <p>Linear in the length of what is said, however many secrets there are.
 */
public final class KnownSecrets {

    /** Anything shorter is no secret, and to hide it would spoil the text. */
    private static final int SHORTEST = 4;

    /** No secret at all. */
    public static final KnownSecrets NONE = new KnownSecrets(List.of());

    private final List<Secret> secrets;

    /** By their beginnings; the longest first, for one may begin like another. */
    private final Map<String, List<Secret>> byBeginning = new HashMap<>();

    /** Know some secrets. */
    public KnownSecrets(List<Secret> secrets) {
        this.secrets = secrets.stream()
                .distinct()
                .filter(secret -> secret.reveal().length() >= SHORTEST)
                .sorted(Comparator.comparingInt(
                                (Secret secret) -> secret.reveal().length())
                        .reversed())
                .toList();
        this.secrets.forEach(secret -> byBeginning
                .computeIfAbsent(secret.reveal().substring(0, SHORTEST), beginning -> new ArrayList<>())
                .add(secret));
    }

    /** Return the secrets that are taken out, for a file that only its owner reads. */
    public List<Secret> all() {
        return secrets;
    }

    /** Return a text without them. */
    public String hideIn(String text) {
        if (secrets.isEmpty() || text.length() < SHORTEST) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        int next = 0;
        int kept = 0;
        while (next <= text.length() - SHORTEST) {
            Secret secret = at(text, next);
            if (secret == null) {
                next++;
            } else {
                shown.append(text, kept, next).append(secret);
                next += secret.reveal().length();
                kept = next;
            }
        }
        return kept == 0 ? text : shown.append(text, kept, text.length()).toString();
    }

    private @Nullable Secret at(String text, int place) {
        List<Secret> candidates = byBeginning.get(text.substring(place, place + SHORTEST));
        if (candidates != null) {
            for (Secret secret : candidates) {
                if (text.startsWith(secret.reveal(), place)) {
                    return secret;
                }
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return secrets.size() + " secrets";
    }
}
