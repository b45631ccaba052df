package dev.vmtest.bench.ways;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstSectorsTests {

    private static final int LENGTH = 65536;

    /** Signature of a master boot record. */
    @ParameterizedTest
    @ValueSource(ints = {440, 443})
    void leavesOutTheDisksSignature(int offset) {
        assertThat(FirstSectors.describe(changed(mbr(), offset))).isEqualTo(FirstSectors.describe(mbr()));
    }

    /** Boot code, the active flag and the start of the first partition, and code behind the first sector. */
    @ParameterizedTest
    @ValueSource(ints = {0, 439, 446, 454, 510, 512, 30_000})
    void findsAnotherBootLoaderOrPartition(int offset) {
        assertThat(FirstSectors.describe(changed(mbr(), offset))).isNotEqualTo(FirstSectors.describe(mbr()));
    }

    /** The header's sum and disk id, the sum of the entries, and the id of the second entry. */
    @ParameterizedTest
    @ValueSource(ints = {512 + 16, 512 + 56, 512 + 71, 512 + 91, 1024 + 128 + 16})
    void leavesOutTheIdentitiesOfGpt(int offset) {
        assertThat(FirstSectors.describe(changed(gpt(), offset))).isEqualTo(FirstSectors.describe(gpt()));
    }

    /** The header's own place, the type and the first block of an entry, and what lies behind the last entry. */
    @ParameterizedTest
    @ValueSource(ints = {512 + 24, 1024, 1024 + 32, 1024 + 128, 1024 + 128 * 128})
    void findsAnotherEntryOfGpt(int offset) {
        assertThat(FirstSectors.describe(changed(gpt(), offset))).isNotEqualTo(FirstSectors.describe(gpt()));
    }

    @Test
    void knowsAHeaderOfWhichOnlyTheSignatureWasWiped() {
        byte[] disk = gpt();
        Arrays.fill(disk, 512, 512 + 8, (byte) 0);
        ByteBuffer.wrap(disk)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(512 + 8, 0x10000)
                .putInt(512 + 12, 92);

        assertThat(FirstSectors.describe(changed(disk, 512 + 56))).isEqualTo(FirstSectors.describe(disk));
        assertThat(FirstSectors.describe(changed(disk, 512 + 24))).isNotEqualTo(FirstSectors.describe(disk));
        assertThat(FirstSectors.describe(disk)).isNotEqualTo(FirstSectors.describe(gpt()));
    }

    @Test
    void leavesOutTheVolumeNumberOfFatOnly() {
        byte[] fat = new byte[LENGTH];
        put(fat, 82, "FAT32   ");

        assertThat(FirstSectors.describe(changed(fat, 67))).isEqualTo(FirstSectors.describe(fat));
        assertThat(FirstSectors.describe(changed(fat, 6 * 512 + 70))).isEqualTo(FirstSectors.describe(fat));
        assertThat(FirstSectors.describe(changed(fat, 71))).isNotEqualTo(FirstSectors.describe(fat));
        assertThat(FirstSectors.describe(changed(fat, 440))).isNotEqualTo(FirstSectors.describe(fat));
    }

    /** The same of a disk whose sectors have 4096 bytes. */
    @Test
    void leavesOutTheIdentitiesOfGptOnLargeSectors() {
        byte[] disk = mbr();
        put(disk, 4096, "EFI PART");
        ByteBuffer.wrap(disk)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(4096 + 80, 128)
                .putInt(4096 + 84, 128);

        for (int offset : new int[] {4096 + 16, 4096 + 56, 4096 + 91, 2 * 4096 + 128 + 16}) {
            assertThat(FirstSectors.describe(changed(disk, offset))).isEqualTo(FirstSectors.describe(disk));
        }
        for (int offset : new int[] {4096 + 24, 2 * 4096, 2 * 4096 + 32}) {
            assertThat(FirstSectors.describe(changed(disk, offset))).isNotEqualTo(FirstSectors.describe(disk));
        }
    }

    @Test
    void leavesSuperblocksToTheToolsThatReadThem() {
        byte[] ext = mbr();
        ext[1024 + 56] = 0x53;
        ext[1024 + 57] = (byte) 0xef;
        byte[] bcache = mbr();
        byte[] magic = HexFormat.of().parseHex("c68573f64e1a45ca8265f57f48ba6d81");
        System.arraycopy(magic, 0, bcache, 8 * 512 + 24, magic.length);
        byte[] raid = mbr();
        byte[] version = HexFormat.of().parseHex("fc4e2ba901000000");
        System.arraycopy(version, 0, raid, 8 * 512, version.length);

        assertThat(FirstSectors.describe(changed(raid, 8 * 512 + 16))).isEqualTo(FirstSectors.describe(raid));
        assertThat(FirstSectors.describe(changed(raid, 7 * 512))).isNotEqualTo(FirstSectors.describe(raid));
        assertThat(FirstSectors.describe(changed(ext, 1024 + 104))).isEqualTo(FirstSectors.describe(ext));
        assertThat(FirstSectors.describe(changed(ext, 600))).isNotEqualTo(FirstSectors.describe(ext));
        assertThat(FirstSectors.describe(changed(bcache, 8 * 512))).isEqualTo(FirstSectors.describe(bcache));
        assertThat(FirstSectors.describe(changed(bcache, 7 * 512))).isNotEqualTo(FirstSectors.describe(bcache));
    }

    @Test
    void leavesOutTheCoreImageOfGrub() {
        byte[] boot = with(mbr(), 0x180, "GRUB ");

        assertThat(FirstSectors.describe(changed(boot, 2 * 512))).isEqualTo(FirstSectors.describe(boot));
        assertThat(FirstSectors.describe(changed(boot, 512 + 508))).isEqualTo(FirstSectors.describe(boot));
        assertThat(FirstSectors.describe(changed(boot, 512 + 100))).isNotEqualTo(FirstSectors.describe(boot));
        assertThat(FirstSectors.describe(changed(boot, 100))).isNotEqualTo(FirstSectors.describe(boot));
    }

    @Test
    void leavesStacksToTheToolsThatReadThem() {
        byte[] volume = with(new byte[8192], 512, "LABELONE");
        byte[] luks = new byte[8192];
        System.arraycopy(HexFormat.of().parseHex("4c554b53babe"), 0, luks, 0, 6);
        byte[] xfs = with(new byte[8192], 0, "XFSB");

        assertThat(FirstSectors.describe(changed(volume, 512 + 32))).isEqualTo(FirstSectors.describe(volume));
        assertThat(FirstSectors.describe(changed(volume, 100))).isNotEqualTo(FirstSectors.describe(volume));
        assertThat(FirstSectors.describe(changed(luks, 100))).isEqualTo(FirstSectors.describe(luks));
        assertThat(FirstSectors.describe(changed(xfs, 100))).isEqualTo(FirstSectors.describe(xfs));
        assertThat(FirstSectors.describe(luks)).isNotEqualTo(FirstSectors.describe(xfs));
        assertThat(FirstSectors.describe(changed(luks, 0))).isNotEqualTo(FirstSectors.describe(luks));
    }

    @Test
    void leavesOutTheUuidOfSwapSpaceAndWhatFollowsItsHeader() {
        byte[] swap = with(new byte[8192], 4096 - 10, "SWAPSPACE2");

        assertThat(FirstSectors.describe(changed(swap, 1024 + 12))).isEqualTo(FirstSectors.describe(swap));
        assertThat(FirstSectors.describe(changed(swap, 5000))).isEqualTo(FirstSectors.describe(swap));
        assertThat(FirstSectors.describe(changed(swap, 1024 + 4))).isNotEqualTo(FirstSectors.describe(swap));
        assertThat(FirstSectors.describe(changed(swap, 1024 + 28))).isNotEqualTo(FirstSectors.describe(swap));
    }

    private static byte[] with(byte[] disk, int offset, String text) {
        put(disk, offset, text);
        return disk;
    }

    @Test
    void takesAnySeedForAnother() {
        byte[] seed = new byte[LENGTH];
        put(seed, 32769, "CD001");

        assertThat(FirstSectors.describe(changed(seed, 33_000))).isEqualTo(FirstSectors.describe(seed));
        assertThat(FirstSectors.describe(seed)).isNotEqualTo(FirstSectors.describe(new byte[LENGTH]));
    }

    @Test
    void survivesAFileThatWasCutOff() {
        byte[] shortened = new byte[590];
        put(shortened, 512, "EFI PART");

        assertThat(FirstSectors.describe(shortened)).singleElement().asString().startsWith("sector 1: ");
    }

    private static byte[] mbr() {
        byte[] disk = new byte[LENGTH];
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;
        return disk;
    }

    private static byte[] gpt() {
        byte[] disk = mbr();
        put(disk, 512, "EFI PART");
        ByteBuffer.wrap(disk)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(512 + 80, 128)
                .putInt(512 + 84, 128);
        return disk;
    }

    private static void put(byte[] disk, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, disk, offset, bytes.length);
    }

    private static byte[] changed(byte[] disk, int offset) {
        byte[] changed = disk.clone();
        changed[offset] ^= 0x5a;
        return changed;
    }
}
