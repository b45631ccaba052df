package dev.vmtest.peer;

import dev.vmtest.network.Family;
import dev.vmtest.network.IpAddress;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** Read and write what packets consist of, in the order of the network. */
final class Octets {

    private static final int MAC_OCTETS = 6;

    private Octets() {}

    static int unsignedByte(ByteBuffer buffer) {
        return buffer.get() & 0xff;
    }

    static int unsignedShort(ByteBuffer buffer) {
        return buffer.getShort() & 0xffff;
    }

    static byte[] take(ByteBuffer buffer, int count) {
        byte[] bytes = new byte[count];
        buffer.get(bytes);
        return bytes;
    }

    /** Return the next hardware address, in lower case with colons. */
    static String macAddress(ByteBuffer buffer) {
        StringBuilder text = new StringBuilder();
        for (int octet = 0; octet < MAC_OCTETS; octet++) {
            text.append(octet == 0 ? "" : ":").append("%02x".formatted(buffer.get()));
        }
        return text.toString();
    }

    static void putMacAddress(ByteBuffer buffer, String macAddress) {
        for (String octet : macAddress.split(":", -1)) {
            buffer.put((byte) Integer.parseInt(octet, 16));
        }
    }

    /** Return the next address of a family. */
    static IpAddress address(ByteBuffer buffer, Family family) {
        return new IpAddress(family, new BigInteger(1, take(buffer, family.bits() / Byte.SIZE)));
    }

    /** Return an address as a packet has it. */
    static byte[] of(IpAddress address) {
        int length = address.family().bits() / Byte.SIZE;
        byte[] bytes = new byte[length];
        byte[] value = address.value().toByteArray();
        // The number may have a further octet for its sign, or fewer than the address.
        int count = Math.min(value.length, length);
        System.arraycopy(value, value.length - count, bytes, length - count, count);
        return bytes;
    }

    /** Return the checksum of the Internet's protocols (RFC 1071). */
    static int checksum(byte[]... parts) {
        long sum = 0;
        boolean isLow = false;
        for (byte[] part : parts) {
            for (byte octet : part) {
                sum += isLow ? octet & 0xff : (octet & 0xff) << 8;
                isLow = !isLow;
            }
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        return (int) ~sum & 0xffff;
    }
}
