package dev.vmtest.publish;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Read report events that were kept in a file: a JSON list of what an installer posted. */
public final class ReportEvents {

    private ReportEvents() {}

    /**
     * Return the events of a file, in its order.
     *
     * @throws IOException if it cannot be read or is no list of events; the message names the file
     */
    public static List<ReportEvent> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return read(file.toString(), stream);
        }
    }

    /**
     * Return the events of a stream, in its order.
     *
     * @param file the name by which messages call it
     * @throws IOException if it cannot be read or is no list of events; the message names it
     */
    public static List<ReportEvent> read(String file, InputStream stream) throws IOException {
        byte[] text = stream.readNBytes((int) PublishHandler.EVENTS_LIMIT + 1);
        if (text.length > PublishHandler.EVENTS_LIMIT) {
            throw new IOException(file + ": larger than all events of an install may be");
        }
        JsonNode list;
        try {
            list = JsonMapper.shared().readTree(text);
        } catch (JacksonException garbage) {
            throw new IOException(file + ": not JSON: " + garbage.getOriginalMessage(), garbage);
        }
        if (!list.isArray()) {
            throw new IOException(file + ": not a list of report events");
        }
        ReportEventParser parser = new ReportEventParser();
        List<ReportEvent> events = new ArrayList<>();
        for (JsonNode event : list) {
            try {
                events.add(parser.parse(event));
            } catch (ReportEventParser.BadEventException bad) {
                throw new IOException(file + ": event " + (events.size() + 1) + ": " + bad.getMessage(), bad);
            }
        }
        return List.copyOf(events);
    }
}
