package dev.vmtest.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Hold what an installed system says of its neighbours: who answered, how large a packet was, and what became of its
 * bonds. Read from what {@code reach.py} has written.
 */
public record ReachFacts(List<Echo> echoes, List<Size> sizes, List<LostMember> bonds) {

    /** The file that the script writes. */
    static final String FILE = "facts/network/reach.json";

    public ReachFacts {
        echoes = List.copyOf(echoes);
        sizes = List.copyOf(sizes);
        bonds = List.copyOf(bonds);
    }

    /**
     * Say whether somebody answered.
     *
     * @param error what the system said when it could not even ask, or empty
     */
    public record Echo(String address, boolean answered, String error) {}

    /**
     * Say which packets pass.
     *
     * @param size bytes of a whole packet
     * @param passes whether one of that size was answered
     * @param error what the system said when it could not send it, or empty
     * @param isLargerRefused whether the system refused to send one that has a byte more
     */
    public record Size(String address, int size, boolean passes, String error, boolean isLargerRefused) {}

    /**
     * Say what became of a bond whose member lost its carrier.
     *
     * @param name the bond
     * @param lost the member
     * @param active the member that works since then, where only one does; or empty
     * @param answered whether the neighbour still answered
     * @param isBack whether the member has its carrier again
     * @param error what went wrong before, or empty
     */
    public record LostMember(String name, String lost, String active, boolean answered, boolean isBack, String error) {}

    /** Return what is known of an address. */
    public Optional<Echo> echo(String address) {
        return echoes.stream().filter(each -> each.address().equals(address)).findFirst();
    }

    /** Return what is known of the sizes of packets to an address. */
    public Optional<Size> size(String address) {
        return sizes.stream().filter(each -> each.address().equals(address)).findFirst();
    }

    /** Return what is known of a bond. */
    public Optional<LostMember> bond(String name) {
        return bonds.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    static ReachFacts read(String text) {
        JsonNode root = Json.parse(FILE, text);
        List<Echo> echoes = new ArrayList<>();
        for (JsonNode each : Json.items(root, "echoes")) {
            echoes.add(
                    new Echo(Json.required(FILE, each, "address"), Json.flag(each, "answered"), word(each, "error")));
        }
        List<Size> sizes = new ArrayList<>();
        for (JsonNode each : Json.items(root, "sizes")) {
            sizes.add(new Size(
                    Json.required(FILE, each, "address"),
                    Math.toIntExact(Json.number(FILE, each, "size")),
                    Json.flag(each, "passes"),
                    word(each, "error"),
                    Json.flag(each, "largerRefused")));
        }
        List<LostMember> bonds = new ArrayList<>();
        for (JsonNode each : Json.items(root, "bonds")) {
            bonds.add(new LostMember(
                    Json.required(FILE, each, "name"),
                    word(each, "lost"),
                    word(each, "active"),
                    Json.flag(each, "answered"),
                    Json.flag(each, "back"),
                    word(each, "error")));
        }
        return new ReachFacts(echoes, sizes, bonds);
    }

    private static String word(JsonNode node, String name) {
        return Objects.requireNonNullElse(Json.text(node, name), "");
    }
}
