package dev.vmtest.installconfig;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.config.Location;
import dev.vmtest.release.SourceKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstallSourceTests {

    private static final Location PLACE = new Location("x.yaml", 1, 1);

    @ParameterizedTest
    @CsvSource({
        "http://h/root.tar.gz, tgz, http://h/root.tar.gz",
        "tgz:http://h/x, tgz, http://h/x",
        "txz:/root.tar.xz, txz, /root.tar.xz",
        "dd-raw:https://h/disk, dd-raw, https://h/disk",
        "dd-bz2:http://h/d, dd-bz2, http://h/d",
        "fsimage-layered:http://h/a.b.squashfs, fsimage-layered, http://h/a.b.squashfs",
        "fsimage:/x.img, fsimage, /x.img",
        "squashfs:///media/fs, fsimage, /media/fs",
        "squashfs:/media/fs, fsimage, /media/fs",
        "http://h/filesystem.squashfs, fsimage, http://h/filesystem.squashfs",
        "/x.squash, fsimage, /x.squash",
        "dd-img:http://h/x, tgz, dd-img:http://h/x",
        "tgz, tgz, tgz"
    })
    void aTextIsReadAsCurtinReadsIt(String written, String kind, String address) {
        InstallSource source = InstallSource.of(PLACE, written);

        assertThat(source.kind()).map(SourceKind::text).hasValue(kind);
        assertThat(source.address().reveal()).isEqualTo(address);
        assertThat(source.directory()).isEmpty();
        assertThat(source.isDisk()).isEqualTo(kind.startsWith("dd-"));
    }

    @ParameterizedTest
    @CsvSource({"cp:///media/root-ro, /media/root-ro", "cp:///, /"})
    void aDirectoryIsCopied(String written, String directory) {
        InstallSource source = InstallSource.of(PLACE, written);

        assertThat(source.directory()).hasValue(directory);
        assertThat(source.kind()).isEmpty();
    }
}
