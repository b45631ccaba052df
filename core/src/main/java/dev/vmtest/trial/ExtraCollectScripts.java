package dev.vmtest.trial;

import dev.vmtest.check.DerivedChecks;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.testcase.TestCase;
import java.util.ArrayList;
import java.util.List;

/** Gather the collect scripts that a test adds to the default ones. */
final class ExtraCollectScripts {

    private ExtraCollectScripts() {}

    /** Return what the derived checks need, then what the author wrote in class and configuration. */
    static List<CollectScript> of(TestCase test) {
        List<CollectScript> scripts =
                new ArrayList<>(DerivedChecks.extraCollectScripts(test.config(), Targets.of(test)));
        List<String> written = new ArrayList<>(test.definition().collectScripts());
        written.addAll(test.config().vmtest().collectScripts());
        for (int index = 0; index < written.size(); index++) {
            scripts.add(new CollectScript("extra-%02d".formatted(index + 1), written.get(index)));
        }
        return scripts;
    }
}
