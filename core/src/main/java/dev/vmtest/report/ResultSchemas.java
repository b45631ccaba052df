package dev.vmtest.report;

import dev.vmtest.result.Format;
import dev.vmtest.result.RunEvent;
import dev.vmtest.result.RunResults;
import dev.vmtest.result.TestResult;
import dev.vmtest.result.UnitList;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Write the JSON schemas (draft 2020-12) of what a run writes, from the records that are written. */
public final class ResultSchemas {

    private ResultSchemas() {}

    /** Return the schema of {@code results.json}. */
    public static Map<String, Object> results() {
        return document("the results of a run: results.json", RunResults.class);
    }

    /** Return the schema of {@code result.json}. */
    public static Map<String, Object> result() {
        return document("the result of a test: result.json", TestResult.class);
    }

    /** Return the schema of {@code units.json}, and of what {@code vmtest units --json} prints. */
    public static Map<String, Object> units() {
        return document("the units of a run: units.json", UnitList.class);
    }

    /** Return the schema of one line of {@code logs/run.jsonl}. */
    public static Map<String, Object> event() {
        List<Object> forms = new ArrayList<>();
        for (Class<?> event : RunEvent.class.getPermittedSubclasses()) {
            Map<String, Object> form = of(event);
            put(form, "event", Map.of("const", nameOf(event)));
            forms.add(form);
        }
        Map<String, Object> schema = head("an event of a test, a line of logs/run.jsonl");
        schema.put("anyOf", forms);
        return schema;
    }

    private static String nameOf(Class<?> event) {
        for (var type : RunEvent.class
                .getAnnotation(com.fasterxml.jackson.annotation.JsonSubTypes.class)
                .value()) {
            if (type.value() == event) {
                return type.name();
            }
        }
        throw new IllegalStateException(event + " has no name in the log");
    }

    private static Map<String, Object> head(String title) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", title);
        return schema;
    }

    private static Map<String, Object> document(String title, Class<?> type) {
        Map<String, Object> schema = head(title);
        schema.putAll(of(type));
        put(schema, "format", Map.of("const", Format.NUMBER));
        return schema;
    }

    /** Add a property that no component of the record is. */
    private static void put(Map<String, Object> schema, String key, Object form) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(key, form);
        if (schema.get("properties") instanceof Map<?, ?> others) {
            others.forEach((name, other) -> properties.put(String.valueOf(name), other));
        }
        schema.put("properties", properties);
        schema.put("required", List.copyOf(properties.keySet()));
    }

    private static Map<String, Object> of(Class<?> type) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            properties.put(component.getName(), of(component.getGenericType()));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.copyOf(properties.keySet()));
        return schema;
    }

    private static Map<String, Object> of(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return Map.of("type", "array", "items", of(list.getActualTypeArguments()[0]));
        }
        if (type == String.class) {
            return Map.of("type", "string");
        }
        if (type == int.class || type == long.class) {
            return Map.of("type", "integer");
        }
        if (type == double.class) {
            return Map.of("type", "number");
        }
        if (type == boolean.class) {
            return Map.of("type", "boolean");
        }
        if (type instanceof Class<?> words && words.isEnum()) {
            List<Object> names = new ArrayList<>();
            for (Object word : words.getEnumConstants()) {
                names.add(Json.LINES.valueToTree(word).asString());
            }
            return Map.of("enum", names);
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return of(record);
        }
        throw new IllegalStateException("no schema says what a " + type.getTypeName() + " is");
    }
}
