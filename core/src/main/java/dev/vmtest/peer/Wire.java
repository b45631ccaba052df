package dev.vmtest.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Name a network of a machine as its cables know it: frames of one NIC with the same tags.
 *
 * @param nic the number of the NIC, counted from 0
 * @param tags the numbers of virtual networks, the outermost first; empty for frames without a tag
 */
public record Wire(int nic, List<Integer> tags) {

    public Wire {
        tags = List.copyOf(tags);
    }

    /** Return the virtual network with a number on this one. */
    Wire tagged(int tag) {
        List<Integer> inner = new ArrayList<>(tags);
        inner.add(tag);
        return new Wire(nic, inner);
    }

    /**
     * Return it in words.
     *
     * @param macAddresses those of the machine's NICs, in order
     */
    public String text(List<String> macAddresses) {
        return "NIC " + macAddresses.get(nic)
                + (tags.isEmpty()
                        ? " without a tag"
                        : " with tag " + tags.stream().map(String::valueOf).collect(Collectors.joining(" in ")));
    }
}
