package dev.vmtest.report;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Complete what earlier versions wrote: each field that came later gets the value that says what it means that there
 * was none.
 */
final class EarlierVersions {

    private EarlierVersions() {}

    /** Complete a document and all in it; returns whether anything was missing. */
    static boolean complete(JsonNode document) {
        boolean changed = false;
        if (document instanceof ObjectNode object) {
            changed = completeObject(object);
        }
        for (JsonNode part : document) {
            changed |= complete(part);
        }
        return changed;
    }

    private static boolean completeObject(ObjectNode object) {
        boolean changed = false;
        // A run: nobody wrote down where it ran.
        if (object.has("accelerator") && !object.has("origin")) {
            object.putObject("origin").put("host", "").put("command", "");
            changed = true;
        }
        // The beginning of a run: nobody wrote down which tests were to come.
        if (object.has("accelerator") && !object.has("tests") && !object.has("announced")) {
            object.putArray("announced");
            return true;
        }
        // The beginning of a test's log: it had no number.
        if (object.path("event").asString("").equals("test-started") && !object.has("format")) {
            object.put("format", 0);
            return true;
        }
        // A phase: every guest was booted.
        if (object.has("vmSeconds") && !object.has("way")) {
            object.put("way", "");
            return true;
        }
        // Why a test ended so: nobody had sorted failures.
        if (object.has("summary") && object.has("badLine") && !object.has("failure")) {
            object.putObject("failure").put("failureClass", "none").put("sign", "");
            return true;
        }
        // The result of a test: nobody looked for what is worth a warning.
        if (object.has("evidence") && object.has("reproduce") && !object.has("warnings")) {
            object.putArray("warnings");
            changed = true;
        }
        // … and every test was run.
        if (object.has("evidence") && object.has("reproduce") && !object.has("proof")) {
            object.putObject("proof")
                    .put("key", "")
                    .put("at", "")
                    .put("run", "")
                    .put("directory", "")
                    .put("host", "");
            return true;
        }
        return changed;
    }
}
