package dev.vmtest.peer;

import dev.vmtest.files.NewFile;
import dev.vmtest.network.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hold what the peer has to say when a boot is over. It is the host's own, so it is believed where the guest's word and
 * this one differ.
 *
 * @param isThere whether there was a peer
 * @param heard what the machine has sent, in the order in which each came first
 * @param leased what was leased
 * @param unplugged the NICs whose carrier was taken away for a while
 * @param recordings the file with the frames of each NIC, in order, below the test's directory
 * @param isComplete whether all different things that came were kept
 */
public record PeerWord(
        boolean isThere,
        List<Heard> heard,
        List<Leased> leased,
        List<Integer> unplugged,
        List<String> recordings,
        boolean isComplete) {

    /** What is said where there was no peer. */
    public static final PeerWord NONE = new PeerWord(false, List.of(), List.of(), List.of(), List.of(), true);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public PeerWord {
        heard = List.copyOf(heard);
        leased = List.copyOf(leased);
        unplugged = List.copyOf(unplugged);
        recordings = List.copyOf(recordings);
    }

    /** Write it to a file. */
    public void write(Path file) throws IOException {
        Map<String, Object> word = new LinkedHashMap<>();
        word.put("complete", isComplete);
        word.put("recordings", recordings);
        word.put("unplugged", unplugged);
        word.put(
                "leased",
                leased.stream()
                        .map(each -> Map.of(
                                "nic", each.wire().nic(),
                                "tags", each.wire().tags(),
                                "card", each.card(),
                                "address", each.address().toString()))
                        .toList());
        word.put("heard", heard.stream().map(PeerWord::plain).toList());
        NewFile.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(word) + "\n");
    }

    private static Map<String, Object> plain(Heard each) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("nic", each.wire().nic());
        plain.put("tags", each.wire().tags());
        plain.put("what", each.what().name().toLowerCase(Locale.ROOT));
        plain.put("source", each.source());
        plain.put("from", each.from());
        plain.put("via", each.via());
        plain.put("to", each.to());
        plain.put("bytes", each.bytes());
        return plain;
    }

    /**
     * Read what an earlier run has written; {@link #NONE} if it had no peer.
     *
     * @throws IOException if it cannot be read
     */
    public static PeerWord read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return NONE;
        }
        try {
            JsonNode word = JSON.readTree(Files.readString(file));
            List<Heard> heard = new ArrayList<>();
            for (JsonNode each : word.path("heard")) {
                heard.add(new Heard(
                        wire(each),
                        Heard.What.valueOf(each.path("what").asString("").toUpperCase(Locale.ROOT)),
                        each.path("source").asString(""),
                        each.path("from").asString(""),
                        each.path("via").asString(""),
                        each.path("to").asString(""),
                        each.path("bytes").asInt(0)));
            }
            List<Leased> leased = new ArrayList<>();
            for (JsonNode each : word.path("leased")) {
                leased.add(new Leased(
                        wire(each),
                        each.path("card").asString(""),
                        IpAddress.parse(each.path("address").asString("")).orElseThrow()));
            }
            List<String> recordings = new ArrayList<>();
            word.path("recordings").forEach(name -> recordings.add(name.asString("")));
            return new PeerWord(
                    true,
                    heard,
                    leased,
                    numbers(word.path("unplugged")),
                    recordings,
                    word.path("complete").asBoolean(false));
        } catch (JacksonException | IllegalArgumentException | java.util.NoSuchElementException garbage) {
            throw new IOException("the peer's word in " + file + " cannot be read; run the test again", garbage);
        }
    }

    private static Wire wire(JsonNode each) {
        return new Wire(each.path("nic").asInt(0), numbers(each.path("tags")));
    }

    private static List<Integer> numbers(JsonNode array) {
        List<Integer> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asInt(0)));
        return numbers;
    }
}
