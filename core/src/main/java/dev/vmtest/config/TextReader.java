package dev.vmtest.config;

import dev.vmtest.secret.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Read texts of a mapping, as {@link MapReader} says: what YAML 1.1 makes of them is refused or taken as it is written. */
record TextReader(MapReader reader) {

    @Nullable
    String text(String key) {
        Value value = reader.present(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarValue scalar) {
            return text(key, scalar);
        }
        reader.wrongType(key, "a text", value);
        return null;
    }

    @Nullable
    Secret secret(String key) {
        if (reader.present(key) instanceof ScalarValue scalar && !(scalar.value() instanceof String)) {
            reader.problem(key, "'" + key + "' is a text, and YAML 1.1 reads it as " + scalar.describe(), "quote it");
            return null;
        }
        return Secret.ofNullable(text(key));
    }

    @Nullable
    String text(String key, ScalarValue scalar) {
        if (scalar.value() instanceof String text) {
            return text;
        }
        String why = scalar.isPlainNumber() ? ", and '" + key + "' is a text" : "";
        reader.problems().add(scalar.location(), reader.subject() + ": " + scalar.reading() + why, scalar.quoting());
        return null;
    }

    @Nullable
    String written(String key) {
        Value value = reader.present(key);
        if (value == null || value instanceof ScalarValue) {
            return value == null ? null : ((ScalarValue) value).text();
        }
        reader.wrongType(key, "a text", value);
        return null;
    }

    String requiredText(String key) {
        String text = text(key);
        if (text == null && reader.present(key) == null) {
            reader.missing(key);
        } else if (text != null && text.isEmpty()) {
            reader.problem(key, "'" + key + "' is empty", "give it a value");
        }
        return text == null ? "" : text;
    }

    @Nullable
    String string(String key) {
        Value value = reader.present(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarValue scalar && scalar.value() instanceof String text) {
            return text;
        }
        reader.problem(
                key,
                "'" + key + "' must be a string, not " + value.describe(),
                value instanceof ScalarValue scalar ? "quote it: '" + scalar.text() + "'" : "");
        return null;
    }

    <T> @Nullable T choice(String key, Map<String, T> words) {
        String text = written(key);
        if (text == null) {
            return null;
        }
        T chosen = words.get(text);
        if (chosen == null) {
            reader.problem(key, "'" + key + "' can't be '" + text + "'", Suggestion.oneOf(text, words.keySet()));
        }
        boolean isNumber = reader.present(key) instanceof ScalarValue scalar && scalar.isPlainNumber();
        // A level or a version may be a number as well as the text that looks like it.
        return chosen == null || isNumber || text(key) != null ? chosen : null;
    }
}
