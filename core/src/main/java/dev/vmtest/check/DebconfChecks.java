package dev.vmtest.check;

import dev.vmtest.apt.DebconfAnswer;
import dev.vmtest.apt.DebconfAnswers;
import dev.vmtest.digest.Sha256;
import dev.vmtest.facts.AptFacts;
import dev.vmtest.facts.Facts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Check that debconf has the answers that it was given; none of them is shown. */
final class DebconfChecks {

    private DebconfChecks() {}

    /** Return a check for each question; of several answers the last counts. */
    static List<Check> of(List<DebconfAnswers> sets) {
        Map<String, DebconfAnswer> last = new LinkedHashMap<>();
        sets.stream()
                .flatMap(set -> set.answers().stream())
                .forEach(answer ->
                        last.put(answer.question() + "\t" + answer.type().equals(DebconfAnswer.SEEN), answer));
        return last.values().stream()
                .map(answer -> Check.of(
                        "debconf " + answer.question() + (answer.type().equals(DebconfAnswer.SEEN) ? ": seen" : ""),
                        answer.location(),
                        facts -> hold(facts, answer)))
                .toList();
    }

    private static Outcome hold(Facts facts, DebconfAnswer answer) {
        return answer.isPassword() ? password(facts, answer) : plain(facts, answer);
    }

    private static Outcome password(Facts facts, DebconfAnswer answer) {
        Optional<String> digest = facts.apt().passwordDigest(answer.question());
        if (digest.isEmpty()) {
            return Outcome.failed("debconf has no answer to " + answer.question());
        }
        return digest.get().equals(Sha256.of(answer.value().reveal()))
                ? Outcome.passed("debconf has the password that " + answer.question() + " asks for")
                : Outcome.failed("debconf has another password for " + answer.question());
    }

    private static Outcome plain(Facts facts, DebconfAnswer answer) {
        Optional<AptFacts.DebconfQuestion> question = facts.apt().question(answer.question());
        if (question.isEmpty()) {
            return Outcome.failed("debconf does not know the question " + answer.question());
        }
        if (answer.type().equals(DebconfAnswer.SEEN)) {
            return Outcome.equal(
                    "whether " + answer.question() + " has been seen",
                    answer.value().reveal().strip(),
                    String.valueOf(question.get().seen()));
        }
        if (!question.get().owners().contains(answer.owner())) {
            return Outcome.failed(answer.question() + " should be a question of " + answer.owner() + " but is one of "
                    + question.get().owners());
        }
        String found = question.get().value().replace("\\n", "\n").strip();
        return found.equals(answer.value().reveal().replace("\\n", "\n").strip())
                ? Outcome.passed("debconf has the answer to " + answer.question())
                : Outcome.failed("debconf has another answer to " + answer.question());
    }
}
