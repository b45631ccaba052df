package dev.vmtest.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Write what readers ask for as a JSON schema (draft 2020-12), so that an editor completes a configuration and marks
 * what no reader knows.
 *
 * <p>It is as wide as the readers are: what a reader looks at by hand may have any form.
 */
public final class KeySchema {

    private static final String TYPE = "type";

    private final AskedKeys asked;

    /** Write the schema of what was asked for. */
    public KeySchema(AskedKeys asked) {
        this.asked = asked;
    }

    /** Return the schema of a mapping that has been read, and of what is below it. */
    public Map<String, Object> of(MapValue map) {
        Map<String, Set<KeyShape>> known = asked.of(map);
        if (known.isEmpty()) {
            return named(map);
        }
        Map<String, Object> properties = new LinkedHashMap<>();
        known.forEach((key, shapes) -> {
            Value value = map.get(key);
            properties.put(key, value instanceof ScalarValue || value == null ? leaf(shapes) : of(value, shapes));
        });
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(TYPE, "object");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** Where no reader asks for keys by name, the names are an author's, and all values are alike. */
    private Map<String, Object> named(MapValue map) {
        List<Value> values =
                map.entries().values().stream().map(MapValue.Entry::value).toList();
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put(TYPE, "object");
        schema.put("additionalProperties", alike(values));
        return schema;
    }

    private Map<String, Object> of(Value value, Set<KeyShape> shapes) {
        boolean hasKnownBelow = value instanceof MapValue map
                ? !asked.paths(map).isEmpty()
                : value instanceof ListValue list
                        && list.items().stream()
                                .anyMatch(item -> item instanceof MapValue map
                                        && !asked.of(map).isEmpty());
        if (!hasKnownBelow) {
            return leaf(shapes);
        }
        if (value instanceof ListValue list) {
            return new LinkedHashMap<>(Map.of(TYPE, "array", "items", alike(list.items())));
        }
        Map<String, Object> schema = of((MapValue) value);
        // A section may be empty, and some may be switched off by another value.
        return shapes.contains(new KeyShape.ByHand())
                ? anyOf(List.of(schema, Map.of(TYPE, List.of("null", "boolean", "string", "number", "array"))))
                : nullable(schema);
    }

    private Map<String, Object> alike(List<Value> values) {
        Map<String, Map<String, Object>> forms = new LinkedHashMap<>();
        for (Value value : values) {
            if (!(value instanceof MapValue map) || asked.paths(map).isEmpty()) {
                return Map.of();
            }
            String type = map.get(TYPE) instanceof ScalarValue word ? word.text() : "";
            forms.merge(type, typed(map), KeySchema::together);
        }
        return forms.isEmpty() ? Map.of() : anyOf(List.copyOf(forms.values()));
    }

    /** Two items of one type show more of its keys than one does. */
    private static Map<String, Object> together(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> both = new LinkedHashMap<>(one);
        if (one.get("properties") instanceof Map<?, ?> first && other.get("properties") instanceof Map<?, ?> second) {
            Map<Object, Object> properties = new LinkedHashMap<>(first);
            properties.putAll(second);
            both.put("properties", properties);
        }
        return both;
    }

    /** Items that say their type have the keys of that type. */
    private Map<String, Object> typed(MapValue map) {
        Map<String, Object> schema = of(map);
        if (map.get(TYPE) instanceof ScalarValue type && schema.get("properties") instanceof Map<?, ?> properties) {
            Map<String, Object> withType = new LinkedHashMap<>();
            properties.forEach((key, form) -> withType.put(String.valueOf(key), form));
            withType.put(TYPE, Map.of("const", type.text()));
            schema.put("properties", withType);
            schema.put("required", List.of(TYPE));
        }
        return schema;
    }

    private static Map<String, Object> nullable(Map<String, Object> schema) {
        Map<String, Object> wider = new LinkedHashMap<>(schema);
        wider.put(TYPE, List.of("object", "null"));
        return wider;
    }

    private static Map<String, Object> anyOf(List<Map<String, Object>> forms) {
        return forms.size() == 1 ? forms.get(0) : new LinkedHashMap<>(Map.of("anyOf", forms));
    }

    private static Map<String, Object> leaf(Set<KeyShape> shapes) {
        List<Map<String, Object>> forms = new ArrayList<>();
        for (KeyShape shape : shapes) {
            if (shape instanceof KeyShape.ByHand) {
                return Map.of();
            }
            Map<String, Object> form = form(shape);
            if (!form.isEmpty() && !forms.contains(form)) {
                forms.add(form);
            }
        }
        if (forms.isEmpty()) {
            return Map.of();
        }
        // A key without a value counts as absent.
        forms.add(Map.of(TYPE, "null"));
        return anyOf(forms);
    }

    private static Map<String, Object> form(KeyShape shape) {
        if (shape instanceof KeyShape.Text) {
            return Map.of(TYPE, "string");
        }
        if (shape instanceof KeyShape.Written) {
            return Map.of(TYPE, List.of("string", "number", "boolean"));
        }
        if (shape instanceof KeyShape.Flag) {
            return Map.of("enum", List.of(true, false, 0, 1));
        }
        if (shape instanceof KeyShape.Whole whole) {
            // Also as a quoted number.
            return Map.of(
                    TYPE,
                    List.of("integer", "string"),
                    "minimum",
                    whole.least(),
                    "maximum",
                    whole.most(),
                    "pattern",
                    "^-?[0-9]+$");
        }
        if (shape instanceof KeyShape.OneOf oneOf) {
            List<Object> words = new ArrayList<>(oneOf.words());
            oneOf.words().stream()
                    .filter(word -> word.matches("[0-9]{1,9}"))
                    .map(Integer::valueOf)
                    .forEach(words::add);
            return Map.of("enum", words);
        }
        if (shape instanceof KeyShape.Texts) {
            return Map.of(TYPE, "array", "items", Map.of(TYPE, "string"));
        }
        if (shape instanceof KeyShape.TextOrTexts) {
            return Map.of(TYPE, List.of("string", "array"), "items", Map.of(TYPE, "string"));
        }
        if (shape instanceof KeyShape.Items || shape instanceof KeyShape.Mappings) {
            return Map.of(TYPE, "array");
        }
        return shape instanceof KeyShape.Mapping || shape instanceof KeyShape.TextMap
                ? Map.of(TYPE, "object")
                : Map.of();
    }
}
