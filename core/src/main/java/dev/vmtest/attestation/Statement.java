package dev.vmtest.attestation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Hold a statement of in-toto (in-toto attestation framework, Statement v1) about the results of tests (predicate
 * test-result v0.1).
 *
 * @param type {@link #TYPE}
 * @param subject the files of the run that it is about, by their SHA-256
 * @param predicateType {@link #PREDICATE_TYPE}
 * @param predicate what the tests came to
 */
@JsonPropertyOrder({"_type", "subject", "predicateType", "predicate"})
record Statement(
        @JsonProperty("_type") String type, List<Resource> subject, String predicateType, Predicate predicate) {

    static final String TYPE = "https://in-toto.io/Statement/v1";
    static final String PREDICATE_TYPE = "https://in-toto.io/attestation/test-result/v0.1";

    Statement {
        require("_type", type);
        subject = List.copyOf(require("subject", subject));
        require("predicateType", predicateType);
        require("predicate", predicate);
    }

    /** JSON may leave out what the type promises. */
    private static <T> T require(String name, T value) {
        if (value == null) {
            throw new IllegalArgumentException("it has no " + name);
        }
        return value;
    }

    /**
     * Describe a file or an input (in-toto, ResourceDescriptor v1).
     *
     * @param name what it is called, once in a list
     * @param uri where or what it is; empty if its digest says it
     * @param digest by the name of the algorithm; empty if the URI says it
     * @param annotations what a person calls it, and the like
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Resource(String name, String uri, Map<String, String> digest, Map<String, String> annotations) {

        Resource {
            require("name", name);
            // What is empty is not written.
            uri = Objects.requireNonNullElse(uri, "");
            digest = Map.copyOf(Objects.requireNonNullElse(digest, Map.of()));
            annotations = Map.copyOf(Objects.requireNonNullElse(annotations, Map.of()));
        }
    }

    /**
     * Say what the tests came to.
     *
     * @param result {@code PASSED}, {@code WARNED} or {@code FAILED}
     * @param configuration what they were run with
     * @param passedTests the ids of units that passed
     * @param warnedTests the ids of units that say nothing against what was tested, and do not say that it passed
     * @param failedTests the ids of all other units
     * @param verdicts by the id of a unit, what vmtest says of it; an addition of vmtest's own
     */
    record Predicate(
            String result,
            List<Resource> configuration,
            List<String> passedTests,
            List<String> warnedTests,
            List<String> failedTests,
            @JsonProperty("vmtestVerdicts") Map<String, String> verdicts) {

        Predicate {
            require("result", result);
            configuration = List.copyOf(require("configuration", configuration));
            passedTests = List.copyOf(require("passedTests", passedTests));
            warnedTests = List.copyOf(require("warnedTests", warnedTests));
            failedTests = List.copyOf(require("failedTests", failedTests));
            verdicts = Map.copyOf(require("vmtestVerdicts", verdicts));
        }
    }
}
