package dev.vmtest.facts;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Read the JSON that util-linux and iproute2 print; both change numbers to strings between releases. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static JsonNode parse(String source, String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new NotCollectedException(source + " is empty");
            }
            return node;
        } catch (JacksonException malformed) {
            throw new NotCollectedException(source + " is not JSON: " + malformed.getOriginalMessage());
        }
    }

    /** Return the items of an array member; none if it is absent or no array. */
    static List<JsonNode> items(JsonNode node, String name) {
        List<JsonNode> items = new ArrayList<>();
        JsonNode member = node.get(name);
        if (member != null && member.isArray()) {
            member.forEach(items::add);
        }
        return items;
    }

    /** Return a member as text, or null if it is absent, null or empty. */
    static @Nullable String text(JsonNode node, String name) {
        JsonNode member = node.get(name);
        if (member == null || !member.isValueNode() || member.isNull()) {
            return null;
        }
        String text = member.asString();
        return text.isEmpty() ? null : text;
    }

    static String required(String source, JsonNode node, String name) {
        String text = text(node, name);
        if (text == null) {
            throw new NotCollectedException(source + " has an entry without \"" + name + "\"");
        }
        return text;
    }

    static long number(String source, JsonNode node, String name) {
        String text = required(source, node, name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException malformed) {
            throw new NotCollectedException(source + ": \"" + name + "\" is '" + text + "', which is no number");
        }
    }

    static boolean flag(JsonNode node, String name) {
        return "true".equals(text(node, name)) || "1".equals(text(node, name));
    }
}
