package dev.vmtest.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hold JSON's own values against a schema, as far as our schemas go (JSON Schema, draft 2020-12). */
public final class JsonSchemas {

    private JsonSchemas() {}

    /** Return what is wrong, each with its path; empty if the value is as the schema says. */
    public static List<String> problems(Map<?, ?> schema, @Nullable Object value) {
        List<String> problems = new ArrayList<>();
        check(schema, value, "$", problems);
        return problems;
    }

    private static void check(Map<?, ?> schema, @Nullable Object value, String path, List<String> problems) {
        for (Object keyword : schema.keySet()) {
            if (!List.of(
                            "$schema",
                            "title",
                            "type",
                            "enum",
                            "const",
                            "anyOf",
                            "properties",
                            "required",
                            "items",
                            "additionalProperties",
                            "patternProperties",
                            "minimum",
                            "maximum",
                            "pattern")
                    .contains(keyword)) {
                throw new IllegalArgumentException("this test knows no keyword " + keyword);
            }
        }
        if (schema.get("anyOf") instanceof List<?> forms
                && forms.stream()
                        .noneMatch(form -> problems((Map<?, ?>) form, value).isEmpty())) {
            problems.add(path + ": none of the forms: " + problems((Map<?, ?>) forms.get(0), value));
        }
        Object type = schema.get("type");
        if (type != null) {
            Collection<?> types = type instanceof Collection<?> several ? several : List.of(type);
            if (types.stream().noneMatch(word -> isA(String.valueOf(word), value))) {
                problems.add(path + ": " + value + " is no " + types);
            }
        }
        if (schema.get("enum") instanceof List<?> words && words.stream().noneMatch(word -> same(word, value))) {
            problems.add(path + ": " + value + " is none of " + words);
        }
        if (schema.containsKey("const") && !same(schema.get("const"), value)) {
            problems.add(path + ": " + value + " is not " + schema.get("const"));
        }
        if (value instanceof String text
                && schema.get("pattern") instanceof String pattern
                && !Pattern.compile(pattern).matcher(text).find()) {
            problems.add(path + ": " + value + " is not like " + pattern);
        }
        if (value instanceof Number number) {
            if ((schema.get("minimum") instanceof Number least && number.doubleValue() < least.doubleValue())
                    || (schema.get("maximum") instanceof Number most && number.doubleValue() > most.doubleValue())) {
                problems.add(path + ": " + value + " is out of bounds");
            }
        }
        if (value instanceof Map<?, ?> map) {
            checkKeys(schema, map, path, problems);
        }
        if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
            for (int index = 0; index < list.size(); index++) {
                check(items, list.get(index), path + "[" + index + "]", problems);
            }
        }
    }

    private static void checkKeys(Map<?, ?> schema, Map<?, ?> map, String path, List<String> problems) {
        Map<?, ?> properties = schema.get("properties") instanceof Map<?, ?> known ? known : Map.of();
        Map<?, ?> patterns = schema.get("patternProperties") instanceof Map<?, ?> known ? known : Map.of();
        if (schema.get("required") instanceof List<?> required) {
            required.stream()
                    .filter(key -> !map.containsKey(key))
                    .forEach(key -> problems.add(path + ": " + key + " is missing"));
        }
        map.forEach((key, inner) -> {
            Object form = properties.get(key);
            if (form == null
                    && patterns.keySet().stream()
                            .noneMatch(pattern -> Pattern.compile(String.valueOf(pattern))
                                    .matcher(String.valueOf(key))
                                    .find())) {
                form = schema.get("additionalProperties");
            }
            if (Boolean.FALSE.equals(form)) {
                problems.add(path + ": unknown key " + key);
            } else if (form instanceof Map<?, ?> known) {
                check(known, inner, path + "." + key, problems);
            }
        });
    }

    private static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number first && other instanceof Number second) {
            return first.doubleValue() == second.doubleValue();
        }
        return String.valueOf(one).equals(String.valueOf(other));
    }

    private static boolean isA(String type, @Nullable Object value) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "null" -> value == null;
            case "integer" -> value instanceof Number number && number.doubleValue() % 1 == 0;
            case "number" -> value instanceof Number;
            default -> throw new IllegalArgumentException(type);
        };
    }
}
