package dev.vmtest.peer;

import dev.vmtest.files.NewFile;
import dev.vmtest.text.PlainTrouble;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Write the frames of a segment, in both directions, to a file that tcpdump and Wireshark read (pcap-savefile(5)). The
 * file has an end: a guest can't fill the disk. A disk that is full ends the recording and nothing else.
 */
final class Recording implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int LONGEST_FRAME = 262_144;
    private static final int ETHERNET = 1;
    private static final int FILE_HEADER = 24;
    private static final int FRAME_HEADER = 16;

    private final Path file;
    private final InstantSource clock;
    private @Nullable OutputStream stream;
    private long room;

    /**
     * Begin a recording; one of an earlier boot is replaced.
     *
     * @param mostBytes the length of the file at most
     */
    Recording(Path file, long mostBytes, InstantSource clock) throws IOException {
        this.file = file;
        this.clock = clock;
        this.room = mostBytes - FILE_HEADER;
        OutputStream opened = new BufferedOutputStream(NewFile.stream(file));
        ByteBuffer header = ByteBuffer.allocate(FILE_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(MAGIC).putShort((short) 2).putShort((short) 4).putLong(0);
        opened.write(header.putInt(LONGEST_FRAME).putInt(ETHERNET).array());
        stream = opened;
    }

    /** Write a frame, if there is room for it. */
    void record(byte[] frame) {
        OutputStream open = stream;
        if (open == null) {
            return;
        }
        room -= FRAME_HEADER + frame.length;
        if (room < 0) {
            close();
            return;
        }
        Instant now = clock.instant();
        ByteBuffer header = ByteBuffer.allocate(FRAME_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt((int) now.getEpochSecond()).putInt(now.getNano() / 1000);
        try {
            open.write(header.putInt(frame.length).putInt(frame.length).array());
            open.write(frame);
        } catch (IOException full) {
            LOG.warn("the recording {} ends here: {}", file, PlainTrouble.of(full));
            stream = null;
            closeQuietly(open);
        }
    }

    private static void closeQuietly(OutputStream stream) {
        try {
            stream.close();
        } catch (IOException failure) {
            LOG.debug("closing a recording", failure);
        }
    }

    @Override
    public void close() {
        OutputStream open = stream;
        stream = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException full) {
                LOG.warn("the end of the recording {} could not be written: {}", file, PlainTrouble.of(full));
            }
        }
    }
}
