package dev.vmtest.report;

import dev.vmtest.text.PrintableJson;
import java.math.BigDecimal;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Hold the one way in which results and events become JSON and are read again. */
final class Json {

    /** Writes one line; reads strictly: every component of a record must be there. */
    static final JsonMapper LINES = PrintableJson.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .addModule(new SimpleModule()
                    .addSerializer(Double.class, new Milliseconds())
                    .addSerializer(Double.TYPE, new Milliseconds()))
            .build();

    /** As {@link #LINES}, indented for people. */
    static final JsonMapper INDENTED =
            LINES.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /**
     * Read a document, also one that an earlier version wrote.
     *
     * @throws JacksonException if it is no such document
     */
    static <T> T read(byte[] json, Class<T> type) {
        try {
            return LINES.readValue(json, type);
        } catch (DatabindException problem) {
            JsonNode tree = LINES.readTree(json);
            if (!EarlierVersions.complete(tree)) {
                throw problem;
            }
            return LINES.treeToValue(tree, type);
        }
    }

    /** Say what is wrong with a document and where, without Jackson's own decoration. */
    static String explain(JacksonException problem) {
        String place = "";
        if (problem.getLocation() != null && problem.getLocation().getLineNr() > 0) {
            place = problem.getLocation().getLineNr() + ":"
                    + problem.getLocation().getColumnNr() + ": ";
        }
        String message = problem.getOriginalMessage();
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : problem.getPath()) {
            if (reference.getPropertyName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(reference.getPropertyName());
            } else {
                path.append('[').append(reference.getIndex()).append(']');
            }
        }
        return place + (path.isEmpty() ? "" : path + ": ") + (message == null ? "not JSON" : message);
    }

    /** Writes seconds with as many digits as mean something. */
    private static final class Milliseconds extends StdSerializer<Double> {

        Milliseconds() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator generator, SerializationContext context) {
            BigDecimal seconds =
                    Double.isFinite(value) ? BigDecimal.valueOf(Math.round(value * 1000), 3) : BigDecimal.ZERO;
            generator.writeNumber(seconds.stripTrailingZeros().toPlainString());
        }
    }
}
