package dev.vmtest.seed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hold user-data of several parts in cloud-init's {@code #cloud-config-archive} format: a YAML list
 * of a type and a content each (cloud-init documentation, "User data formats").
 *
 * <pre>{@code
 * String userData = CloudConfigArchive.builder()
 *         .cloudConfig(Map.of("power_state", Map.of("mode", "poweroff")))
 *         .shellScript("#!/bin/sh\necho hello\n")
 *         .build()
 *         .text();
 * }</pre>
 *
 * <p>Parts take effect in their order; of two cloud-config parts that set the same key the first one
 * wins unless it says otherwise ({@code merge_how}).
 *
 * @param parts the parts
 */
public record CloudConfigArchive(List<Part> parts) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public CloudConfigArchive {
        parts = List.copyOf(parts);
    }

    /**
     * Hold one part.
     *
     * @param type its MIME type, such as {@code text/x-shellscript}
     * @param name its file name, which decides the order of scripts; empty leaves it to cloud-init
     * @param content its text
     */
    public record Part(String type, String name, String content) {}

    /** Return a builder without parts. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Return the document: a header line, then one part a line.
     *
     * <p>It is written as JSON, which every YAML reader takes without a doubt about quoting or types.
     * What YAML would not take as JSON does (it folds a line at U+0085 and U+2028, and refuses some
     * control characters) is escaped.
     */
    public String text() {
        StringBuilder text = new StringBuilder("#cloud-config-archive\n[\n");
        String separator = "";
        for (Part part : parts) {
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("type", part.type());
            if (!part.name().isEmpty()) {
                entry.put("filename", part.name());
            }
            entry.put("content", part.content());
            text.append(separator).append(escapeUnsafe(json(entry)));
            separator = ",\n";
        }
        return text.append("\n]\n").toString();
    }

    /** Return the JSON text of plain maps, lists, strings, numbers and booleans. */
    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JacksonException unexpected) {
            throw new IllegalArgumentException("cannot write as JSON: " + value, unexpected);
        }
    }

    private static String escapeUnsafe(String json) {
        StringBuilder safe = new StringBuilder(json.length());
        for (int index = 0; index < json.length(); index++) {
            char each = json.charAt(index);
            // A pair of surrogates stays as it is: YAML 1.1 reads the escapes of a pair as two characters.
            if (each > '~' && !Character.isSurrogate(each)) {
                safe.append(String.format("\\u%04x", (int) each));
            } else {
                safe.append(each);
            }
        }
        return safe.toString();
    }

    /** Collect parts in order. */
    public static final class Builder {

        private final List<Part> parts = new ArrayList<>();

        private Builder() {}

        /**
         * Append a cloud-config part.
         *
         * @param config plain maps, lists, strings, numbers and booleans
         */
        public Builder cloudConfig(Map<String, ?> config) {
            return part("text/cloud-config", "#cloud-config\n" + escapeUnsafe(json(config)) + "\n");
        }

        /** Append a cloud-config part that is written already. */
        public Builder cloudConfigText(String yaml) {
            return part("text/cloud-config", yaml.startsWith("#cloud-config") ? yaml : "#cloud-config\n" + yaml);
        }

        /** Append a script; without {@code #!} it runs in {@code /bin/sh -x}, as in the Python harness. */
        public Builder shellScript(String script) {
            return shellScript("", script);
        }

        /** Append a script by a name: cloud-init runs scripts in the order of their names. */
        public Builder shellScript(String name, String script) {
            parts.add(
                    new Part("text/x-shellscript", name, script.startsWith("#!") ? script : "#!/bin/sh -x\n" + script));
            return this;
        }

        /** Append a script that runs at each boot, also of an instance that was set up before. */
        public Builder scriptOfEachBoot(String name, String script) {
            parts.add(new Part(
                    "text/x-shellscript-per-boot", name, script.startsWith("#!") ? script : "#!/bin/sh -x\n" + script));
            return this;
        }

        /** Append a part of any type. */
        public Builder part(String type, String content) {
            parts.add(new Part(type, "", content));
            return this;
        }

        /** Return the archive. */
        public CloudConfigArchive build() {
            return new CloudConfigArchive(parts);
        }
    }
}
