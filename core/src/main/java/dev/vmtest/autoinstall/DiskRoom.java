package dev.vmtest.autoinstall;

/**
 * Reckon the room on a disk for partitions: the table takes the first MiB, a GPT the last one too.
 *
 * <p>Mutable: what is taken is gone.
 */
final class DiskRoom {

    static final long MIB = 1L << 20;

    private final long size;
    private final long end;
    private long next = MIB;

    DiskRoom(long size, boolean gpt) {
        this.size = size;
        this.end = size / MIB * MIB - (gpt ? MIB : 0);
    }

    private DiskRoom(long next, long end) {
        this.size = end;
        this.next = next;
        this.end = end;
    }

    /** Return the room inside an extended partition. */
    static DiskRoom within(long begin, long size) {
        return new DiskRoom(begin, begin + size);
    }

    /** Return where the next partition begins. */
    long next() {
        return alignUp(next);
    }

    static long alignUp(long bytes) {
        return (bytes + MIB - 1) / MIB * MIB;
    }

    /** Return the size of the disk. */
    long diskSize() {
        return size;
    }

    /** Return what is there for partitions together. */
    long total() {
        return end - MIB;
    }

    /** Take room for a partition and return its size. */
    long take(long bytes) {
        next = alignUp(next) + bytes;
        return bytes;
    }

    /** Return what is left; less than nothing if more was taken than there is. */
    long rest() {
        return end - alignUp(next);
    }

    /** Go on after a partition that says where it begins. */
    void skipTo(long offset) {
        next = offset;
    }
}
