package dev.vmtest.check;

import dev.vmtest.facts.Facts;
import dev.vmtest.peer.PeerWord;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Judge by the word of both ends of a network. */
record BothEnds(PeerWord word) {

    /**
     * Return an expectation whose failure may be another check's.
     *
     * @param causes the names of those checks
     */
    Function<Facts, Outcome> judge(List<String> causes, Function<Facts, Outcome> rule) {
        return facts -> {
            if (!word.isThere()) {
                return Outcome.failed("no peer was there in that run, so nobody can say; run the test again");
            }
            Outcome outcome = rule.apply(facts);
            return outcome.verdict() == CheckVerdict.FAILED ? Outcome.blocked(causes, outcome.message()) : outcome;
        };
    }

    /** Return where the frames of some NICs can be read, as the end of a message; empty where nowhere. */
    String recording(List<Integer> nics) {
        String files = nics.stream()
                .distinct()
                .filter(nic -> nic < word.recordings().size())
                .map(nic -> word.recordings().get(nic))
                .collect(Collectors.joining(", "));
        return files.isEmpty() ? "" : "; recorded in " + files;
    }
}
