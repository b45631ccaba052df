package dev.vmtest.machine.qemu;

import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Read the last of what QEMU itself wrote.
 *
 * @param file its log
 * @param start where the output of this run begins in it
 */
record OutputTail(Path file, long start) {

    private static final int LONGEST = 4096;

    /** The processor's state, which QEMU dumps when KVM gives up: two thousand characters that the log keeps. */
    private static final Pattern REGISTERS = Pattern.compile(
            "(extra data\\[\\d+]:|R[A-Z0-9]{1,2} ?=|E[A-Z]{2}=|[A-Z]S =|(LDT|TR ?|GDT|IDT|[CD]R\\d|EFER|Code)=).*");

    /** Return the last lines but for dumped registers, safe to show, joined to one; empty when there is none. */
    String text() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
            channel.position(Math.max(start, channel.size() - LONGEST));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // Until the end of the file.
            }
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Printable::console)
                    .filter(line -> !line.isBlank() && !REGISTERS.matcher(line).matches())
                    .collect(Collectors.joining(" / "));
        } catch (IOException absent) {
            return "";
        }
    }
}
