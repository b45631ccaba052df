package dev.vmtest.check;

import dev.vmtest.config.Value;
import dev.vmtest.installconfig.InstallConfig;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Say of some keys of a configuration who judges what they ask of the installed system.
 *
 * @param standing who judges it
 * @param paths the keys from the top, joined by full stops; {@code *} stands for an item of a list and for a name that
 *     an author chooses; {@code -} and {@code _} are the same
 * @param why the beginning of the checks' names; why there is nothing to judge; or what is not judged
 * @param values of what values in what configurations it speaks; other rows speak of others
 */
record KeyClaim(Standing standing, List<String> paths, String why, BiPredicate<Value, InstallConfig> values) {

    /** Say who judges what a key asks for. */
    enum Standing {
        /** A check holds just this key. What is below it is not meant. */
        CHECKED,
        /** Checks hold this and all that is below it; their own tests see to that. */
        CHECKED_WITHIN,
        /** Neither this nor what is below it has an effect on the installed system. */
        NO_EFFECT,
        /** Nobody judges this and what is below it, except for what other rows name. */
        NOT_JUDGED
    }

    KeyClaim {
        paths = List.copyOf(paths);
    }

    /** Claim keys for checks whose names begin so. */
    static KeyClaim checked(String names, String... paths) {
        return new KeyClaim(Standing.CHECKED, List.of(paths), names, (value, config) -> true);
    }

    /** Claim a section, all of it, for checks whose names begin so. */
    static KeyClaim checkedWithin(String names, String... paths) {
        return new KeyClaim(Standing.CHECKED_WITHIN, List.of(paths), names, (value, config) -> true);
    }

    /** Say that keys have no effect on the installed system, and why. */
    static KeyClaim noEffect(String why, String... paths) {
        return new KeyClaim(Standing.NO_EFFECT, List.of(paths), why, (value, config) -> true);
    }

    /** Say that nobody judges something. */
    static KeyClaim notJudged(String what, String... paths) {
        return new KeyClaim(Standing.NOT_JUDGED, List.of(paths), what, (value, config) -> true);
    }

    /** Return the same claim of some values only. */
    KeyClaim where(BiPredicate<Value, InstallConfig> rule) {
        return new KeyClaim(standing, paths, why, rule);
    }

    /** Return whether the claim reaches below the keys that it names. */
    boolean reachesBelow() {
        return switch (standing) {
            case CHECKED -> false;
            case CHECKED_WITHIN, NO_EFFECT, NOT_JUDGED -> true;
        };
    }
}
