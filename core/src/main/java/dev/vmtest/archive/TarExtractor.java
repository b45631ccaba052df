package dev.vmtest.archive;

import dev.vmtest.archive.ExtractReport.Refused;
import dev.vmtest.text.Printable;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/**
 * Unpack a tar that a guest wrote.
 *
 * <p>The archive is a plain file or a raw disk image of any size whose rest is zeros or whatever was there before; GNU
 * and POSIX sparse files are understood. Ownership is dropped; modes become readable and writable for the owner. Links
 * that might lead outside, hard links out, device nodes and pipes are left out and named in the report.
 */
public final class TarExtractor {

    private static final int RECORD = 512;

    private final TarLimits limits;

    public TarExtractor(TarLimits limits) {
        this.limits = limits;
    }

    /**
     * Unpack an archive.
     *
     * @param archive the file, or disk image
     * @param destination the directory, made if missing; nobody else may write to it meanwhile
     * @return what was unpacked and what was left out
     * @throws TarException if the archive as a whole is no good
     * @throws IOException if the host cannot read the archive or write the files
     */
    public ExtractReport extract(Path archive, Path destination) throws TarException, IOException {
        Destination target = new Destination(destination, limits);
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive), 1 << 16)) {
            MeteredInputStream metered = new MeteredInputStream(file);
            // Not closed: it owns nothing but the file.
            TarArchiveInputStream tar = new TarArchiveInputStream(metered, StandardCharsets.UTF_8.name());
            return new Extraction(archive, target, metered, tar).run();
        }
    }

    /** Hold the state of one unpacking. */
    private final class Extraction {
        private final Path archive;
        private final Destination target;
        private final MeteredInputStream metered;
        private final TarArchiveInputStream tar;
        private final List<Refused> refused = new ArrayList<>();
        private int unpacked;
        private int seen;
        private long bytes;
        private long passed;

        Extraction(Path archive, Destination target, MeteredInputStream metered, TarArchiveInputStream tar) {
            this.archive = archive;
            this.target = target;
            this.metered = metered;
            this.tar = tar;
        }

        ExtractReport run() throws TarException, IOException {
            while (true) {
                long headerAt = roundUp(metered.position());
                TarArchiveEntry entry = nextEntry(headerAt);
                if (entry == null) {
                    requireEndMark(headerAt);
                    return report();
                }
                seen++;
                if (seen > limits.entries()) {
                    throw tooLarge("more than " + limits.entries() + " entries");
                }
                unpack(entry);
            }
        }

        private @Nullable TarArchiveEntry nextEntry(long headerAt) throws TarException {
            // Headers are read into memory, so a hostile one must not be as long as it likes.
            metered.allow(limits.headerBytes());
            try {
                TarArchiveEntry entry = tar.getNextEntry();
                if (entry != null && !entry.isCheckSumOK()) {
                    throw damaged(null);
                }
                return entry;
            } catch (MeteredInputStream.AllowanceException used) {
                throw tooLarge("headers of more than " + limits.headerBytes() + " bytes");
            } catch (IOException | RuntimeException broken) {
                BigInteger claimed = ClaimedSize.of(metered.allowedFrom(headerAt));
                if (claimed.compareTo(BigInteger.valueOf(limits.totalBytes() - bytes - passed)) > 0) {
                    throw tooManyBytes();
                }
                throw damaged(broken);
            } finally {
                metered.allowAll();
            }
        }

        private void unpack(TarArchiveEntry entry) throws TarException, IOException {
            long size = entry.isSparse() ? entry.getRealSize() : entry.getSize();
            if (size < 0) {
                throw damaged(null);
            }
            if (size > limits.totalBytes() - bytes - passed) {
                throw tooManyBytes();
            }
            Content content = new Content();
            try {
                place(entry, content);
                unpacked++;
            } catch (Destination.RefusedException reason) {
                refused.add(new Refused(Printable.word(entry.getName()), String.valueOf(reason.getMessage())));
            } catch (BrokenArchiveException broken) {
                throw damaged(broken.getCause());
            }
            // Past the rest of the data, so that the next thing read is a header.
            try {
                content.skipRest();
            } catch (BrokenArchiveException broken) {
                throw damaged(broken.getCause());
            }
        }

        private void place(TarArchiveEntry entry, Content content) throws IOException, Destination.RefusedException {
            if (entry.isSymbolicLink()) {
                target.symbolicLink(entry.getName(), entry.getLinkName());
            } else if (entry.isLink()) {
                target.hardLink(entry.getName(), entry.getLinkName());
            } else if (entry.isCharacterDevice() || entry.isBlockDevice()) {
                throw new Destination.RefusedException("device node");
            } else if (entry.isFIFO()) {
                throw new Destination.RefusedException("named pipe");
            } else if (entry.isDirectory()) {
                target.directory(entry.getName(), entry.getMode());
            } else if (isRegular(entry)) {
                target.file(entry.getName(), entry.getMode(), content);
            } else {
                throw new Destination.RefusedException("entry of unknown type " + (int) entry.getLinkFlag());
            }
        }

        private boolean isRegular(TarArchiveEntry entry) {
            // Not entry.isFile(): the library counts every type that it does not know.
            return switch (entry.getLinkFlag()) {
                case TarConstants.LF_NORMAL,
                        TarConstants.LF_OLDNORM,
                        TarConstants.LF_CONTIG,
                        TarConstants.LF_GNUTYPE_SPARSE -> true;
                default -> false;
            };
        }

        /** Tell an archive that ends from one that was cut off between two entries. */
        private void requireEndMark(long at) throws TarException, IOException {
            ByteBuffer record = ByteBuffer.allocate(RECORD);
            try (SeekableByteChannel channel = Files.newByteChannel(archive)) {
                channel.position(at);
                while (record.hasRemaining() && channel.read(record) >= 0) {
                    // Until the record is full or the file ends.
                }
            }
            boolean zeros = !record.hasRemaining();
            for (byte one : record.array()) {
                zeros &= one == 0;
            }
            if (at == 0 && record.position() == 0) {
                throw failure(TarException.Reason.EMPTY, "is an empty file", null);
            }
            if (at == 0 && record.hasRemaining()) {
                throw failure(TarException.Reason.NOT_TAR, "is not a tar archive: too short", null);
            }
            if (!zeros) {
                throw failure(
                        TarException.Reason.TRUNCATED, "is cut off after " + seen + " entries: no end mark", null);
            }
            if (seen == 0) {
                throw failure(TarException.Reason.EMPTY, "begins with zeros: nobody wrote an archive to it", null);
            }
        }

        private TarException damaged(@Nullable Throwable cause) {
            if (metered.ended() && (seen > 0 || metered.position() >= RECORD)) {
                return failure(TarException.Reason.TRUNCATED, "is cut off in entry " + Math.max(seen, 1), cause);
            }
            if (seen == 0) {
                return failure(TarException.Reason.NOT_TAR, "is not a tar archive", cause);
            }
            return failure(
                    TarException.Reason.DAMAGED,
                    "is damaged after " + seen + " entries, near byte " + metered.position(),
                    cause);
        }

        private TarException tooManyBytes() {
            return tooLarge("more than " + limits.totalBytes() + " bytes of files");
        }

        private TarException tooLarge(String what) {
            return failure(TarException.Reason.TOO_LARGE, "is refused: " + what, null);
        }

        private TarException failure(TarException.Reason reason, String what, @Nullable Throwable cause) {
            return new TarException(reason, "the archive " + archive + " " + what, report(), cause);
        }

        private ExtractReport report() {
            return new ExtractReport(unpacked, bytes, refused);
        }

        /** Give an entry's data, counted, and with the archive's errors told from the host's. */
        private final class Content extends InputStream {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int count = fromArchive(buffer, offset, length);
                bytes += Math.max(0, count);
                return count;
            }

            void skipRest() throws IOException {
                byte[] buffer = new byte[8192];
                for (int count = 0; count >= 0; count = fromArchive(buffer, 0, buffer.length)) {
                    passed += count;
                }
            }

            private int fromArchive(byte[] buffer, int offset, int length) throws BrokenArchiveException {
                try {
                    return tar.read(buffer, offset, length);
                } catch (IOException | RuntimeException broken) {
                    throw new BrokenArchiveException(broken);
                }
            }
        }
    }

    /** Carry an error of the archive through code that writes files. */
    private static final class BrokenArchiveException extends IOException {
        private BrokenArchiveException(Exception cause) {
            super(cause);
        }
    }

    private static long roundUp(long position) {
        return (position + RECORD - 1) / RECORD * RECORD;
    }
}
