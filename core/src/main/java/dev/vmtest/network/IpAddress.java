package dev.vmtest.network;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hold an IP address as a number, so that two ways of writing one are equal. No name server is ever asked.
 *
 * @param value the address as an unsigned number
 */
public record IpAddress(Family family, BigInteger value) {

    private static final int GROUPS = 8;
    private static final int GROUP_BITS = 16;
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern VERSION_4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    private static final IpNetwork LINK_LOCAL_4 = network("169.254.0.0", 16);
    private static final IpNetwork LINK_LOCAL_6 = network("fe80::", 10);

    /** Read an address as inet_pton(3) does; nothing where it is none. */
    public static Optional<IpAddress> parse(String text) {
        if (VERSION_4.matcher(text).matches()) {
            BigInteger value = BigInteger.ZERO;
            for (String octet : text.split("\\.", -1)) {
                value = value.shiftLeft(8).or(new BigInteger(octet));
            }
            return Optional.of(new IpAddress(Family.IPV4, value));
        }
        return text.contains(":") ? version6(text) : Optional.empty();
    }

    private static Optional<IpAddress> version6(String text) {
        String plain = withoutDottedEnd(text);
        int gap = plain.indexOf("::");
        if (gap >= 0 && plain.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<List<Integer>> head = groups(gap < 0 ? plain : plain.substring(0, gap));
        Optional<List<Integer>> tail = groups(gap < 0 ? "" : plain.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int missing = GROUPS - head.get().size() - tail.get().size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return Optional.empty();
        }
        List<Integer> all = new ArrayList<>(head.get());
        for (int filled = 0; filled < missing; filled++) {
            all.add(0);
        }
        all.addAll(tail.get());
        BigInteger value = BigInteger.ZERO;
        for (int group : all) {
            value = value.shiftLeft(GROUP_BITS).or(BigInteger.valueOf(group));
        }
        return Optional.of(new IpAddress(Family.IPV6, value));
    }

    /** Return the text with an IPv4 address at its end written as two groups. */
    private static String withoutDottedEnd(String text) {
        int colon = text.lastIndexOf(':');
        String end = text.substring(colon + 1);
        if (!VERSION_4.matcher(end).matches()) {
            return text;
        }
        int value = parse(end).orElseThrow().value().intValue();
        return text.substring(0, colon + 1)
                + Integer.toHexString(value >>> GROUP_BITS)
                + ":"
                + Integer.toHexString(value & 0xffff);
    }

    private static Optional<List<Integer>> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return Optional.of(groups);
        }
        for (String group : text.split(":", -1)) {
            if (!GROUP.matcher(group).matches()) {
                return Optional.empty();
            }
            groups.add(Integer.parseInt(group, 16));
        }
        return Optional.of(groups);
    }

    private static IpNetwork network(String text, int prefix) {
        return new IpNetwork(parse(text).orElseThrow(), prefix);
    }

    /** Return whether the address means something only on its own link. */
    public boolean isLinkLocal() {
        return LINK_LOCAL_4.contains(this) || LINK_LOCAL_6.contains(this);
    }

    /** Return the address as the kernel's tools write it (RFC 5952). */
    @Override
    public String toString() {
        return family == Family.IPV4 ? dotted() : colons();
    }

    private String dotted() {
        int number = value.intValue();
        return (number >>> 24) + "." + (number >>> 16 & 0xff) + "." + (number >>> 8 & 0xff) + "." + (number & 0xff);
    }

    private String colons() {
        List<String> groups = new ArrayList<>();
        for (int index = GROUPS - 1; index >= 0; index--) {
            groups.add(Integer.toHexString(value.shiftRight(index * GROUP_BITS).intValue() & 0xffff));
        }
        int start = 0;
        int length = 1;
        for (int index = 0; index < GROUPS; index++) {
            int run = index;
            while (run < GROUPS && groups.get(run).equals("0")) {
                run++;
            }
            if (run - index > length) {
                start = index;
                length = run - index;
            }
        }
        return length == 1
                ? String.join(":", groups)
                : String.join(":", groups.subList(0, start)) + "::"
                        + String.join(":", groups.subList(start + length, GROUPS));
    }
}
