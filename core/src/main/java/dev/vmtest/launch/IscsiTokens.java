package dev.vmtest.launch;

import dev.vmtest.text.MistakeException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Put the addresses of iSCSI disks where texts leave them to {@code launch}: each stands for the next disk. */
final class IscsiTokens {

    /** What the Python harness writes where the address of a disk belongs, after {@code iscsi:}. */
    static final String TOKEN = "__RFC4173__";

    private final Deque<String> addresses;

    /**
     * Hold addresses.
     *
     * @param addresses RFC 4173 without {@code iscsi:}, in the order of the disks
     */
    IscsiTokens(List<String> addresses) {
        this.addresses = new ArrayDeque<>(addresses);
    }

    /**
     * Return a text with addresses in it.
     *
     * @param name by which a message calls the text
     * @throws MistakeException if there are not enough
     */
    String in(String name, String text) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int at = text.indexOf(TOKEN); at >= 0; at = text.indexOf(TOKEN, from)) {
            String address = addresses.poll();
            if (address == null) {
                throw new MistakeException(name + " has more iSCSI disks (" + TOKEN
                        + ") than there are; add one with --disk PATH:SIZE:iscsi::TARGET");
            }
            filled.append(text, from, at).append(address);
            from = at + TOKEN.length();
        }
        return filled.append(text.substring(from)).toString();
    }
}
