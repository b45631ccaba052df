package dev.vmtest.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Read lists and mappings of a mapping, as {@link MapReader} says. */
record CollectionReader(MapReader reader) {

    List<String> texts(String key) {
        return placed(key, list(key)).stream().map(Placed::value).toList();
    }

    /** Return a list of texts, or the one text that stands in its place, each with its own place. */
    List<Placed<String>> placedTexts(String key) {
        if (reader.present(key) instanceof ScalarValue scalar) {
            String text = new TextReader(reader).text(key, scalar);
            return text == null ? List.of() : List.of(new Placed<>(scalar.location(), text));
        }
        return placed(key, list(key));
    }

    private List<Placed<String>> placed(String key, @Nullable ListValue list) {
        List<Placed<String>> texts = new ArrayList<>();
        if (list != null) {
            for (Value item : list.items()) {
                if (item instanceof ScalarValue scalar && scalar.value() != null) {
                    String text = new TextReader(reader).text(key, scalar);
                    if (text != null) {
                        texts.add(new Placed<>(scalar.location(), text));
                    }
                } else {
                    mustList(key, "texts", item);
                }
            }
        }
        return texts;
    }

    List<String> textOrTexts(String key) {
        return placedTexts(key).stream().map(Placed::value).toList();
    }

    @Nullable
    ListValue list(String key) {
        Value value = reader.present(key);
        if (value == null || value instanceof ListValue) {
            return (ListValue) value;
        }
        reader.wrongType(key, "a list", value);
        return null;
    }

    List<MapValue> maps(String key) {
        ListValue list = list(key);
        List<MapValue> maps = new ArrayList<>();
        if (list != null) {
            for (Value item : list.items()) {
                if (item instanceof MapValue entry) {
                    maps.add(entry);
                } else {
                    mustList(key, "mappings", item);
                }
            }
        }
        return maps;
    }

    @Nullable
    MapValue map(String key) {
        Value value = reader.present(key);
        if (value == null || value instanceof MapValue) {
            return (MapValue) value;
        }
        reader.wrongType(key, "a mapping", value);
        return null;
    }

    Map<String, String> textMap(String key) {
        MapValue values = map(key);
        Map<String, String> texts = new LinkedHashMap<>();
        if (values != null) {
            values.entries().forEach((name, entry) -> {
                if (entry.value() instanceof ScalarValue scalar) {
                    boolean isProperty = scalar.value() instanceof Boolean || scalar.isPlainNumber();
                    String text = scalar.value() == null
                            ? ""
                            : isProperty ? scalar.text() : new TextReader(reader).text(name, scalar);
                    if (text != null) {
                        texts.put(name, text);
                    }
                } else {
                    reader.problems()
                            .add(
                                    entry.value().location(),
                                    reader.subject() + ": '" + key + "." + name + "' must be a text, not "
                                            + entry.value().describe());
                }
            });
        }
        return texts;
    }

    private void mustList(String key, String what, Value item) {
        reader.problems()
                .add(
                        item.location(),
                        reader.subject() + ": '" + key + "' must list " + what + ", not " + item.describe());
    }
}
