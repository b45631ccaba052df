package dev.vmtest.publish;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Read a webhook body; what a guest sends is not trusted to be of the right shape. */
final class ReportEventParser {

    /** Say what is wrong with a body. */
    static final class BadEventException extends Exception {
        BadEventException(String message) {
            super(message);
        }
    }

    /** Years 1970 to 2999, in seconds: beyond that, a time is nonsense. */
    private static final double LAST_SECOND = 32_503_680_000.0;

    private final JsonMapper json = JsonMapper.shared();

    ReportEvent parse(byte[] body) throws BadEventException {
        JsonNode event;
        try {
            event = json.readTree(body);
        } catch (JacksonException garbage) {
            throw new BadEventException("the event is not JSON: " + garbage.getOriginalMessage());
        }
        return parse(event);
    }

    ReportEvent parse(JsonNode event) throws BadEventException {
        if (!event.isObject()) {
            throw new BadEventException("the event is not a JSON object");
        }
        String name = text(event, "name");
        if (name.isEmpty()) {
            throw new BadEventException("the event has no name");
        }
        String result = text(event, "result");
        return new ReportEvent(
                name,
                text(event, "description"),
                text(event, "event_type"),
                text(event, "origin"),
                timestamp(event.path("timestamp")),
                text(event, "level"),
                result.isEmpty() ? null : result,
                files(event.path("files")));
    }

    private static String text(JsonNode object, String key) throws BadEventException {
        JsonNode value = object.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (!value.isString()) {
            throw new BadEventException("the event's " + key + " is not a string");
        }
        return value.asString();
    }

    /** Read seconds since 1970, with a fraction: that is what Python's time.time() gives. */
    private static @Nullable Instant timestamp(JsonNode value) throws BadEventException {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            throw new BadEventException("the event's timestamp is not a number");
        }
        // As a double: the exact form of 1e999999999 would fill the memory.
        double rough = value.asDouble(-1);
        if (!(rough >= 0 && rough < LAST_SECOND)) {
            throw new BadEventException("the event's timestamp is not a time of this millennium");
        }
        long seconds = (long) rough;
        return Instant.ofEpochSecond(seconds, Math.round((rough - seconds) * 1_000_000) * 1000);
    }

    private static List<ReportedFile> files(JsonNode value) throws BadEventException {
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray()) {
            throw new BadEventException("the event's files are not a list");
        }
        List<ReportedFile> files = new ArrayList<>();
        for (JsonNode file : value) {
            if (!file.isObject()) {
                throw new BadEventException("a file of the event is not an object");
            }
            files.add(new ReportedFile(text(file, "path"), content(file)));
        }
        return files;
    }

    private static byte[] content(JsonNode file) throws BadEventException {
        String content = text(file, "content");
        String encoding = text(file, "encoding");
        return switch (encoding) {
            case "base64" -> {
                try {
                    // The MIME form: Python's encoders may break lines.
                    yield Base64.getMimeDecoder().decode(content);
                } catch (IllegalArgumentException bad) {
                    throw new BadEventException("a file of the event is not base64: " + bad.getMessage());
                }
            }
            case "" -> content.getBytes(StandardCharsets.UTF_8);
            default -> throw new BadEventException("a file of the event has the unknown encoding " + encoding);
        };
    }
}
