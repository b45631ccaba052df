package dev.vmtest.repository;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * Make a Debian package that holds nothing but a file which says that it is there (deb(5)).
 *
 * @param name its name
 * @param version its version
 */
public record ProofPackage(String name, String version) {

    /** Return the path of its file in the package. */
    public String path() {
        return "usr/share/" + name + "/proof";
    }

    /** Return what the file says. */
    public String content() {
        return name + " " + version + "\n";
    }

    /** Return the fields of its control file, without those that an index adds. */
    String control() {
        return "Package: " + name + "\nVersion: " + version
                + "\nArchitecture: all\nMaintainer: vmtest <vmtest@invalid>\n"
                + "Installed-Size: 1\nSection: misc\nPriority: optional\nDescription: package that exists nowhere else\n";
    }

    /** Return the name of its file. */
    String fileName() {
        return name + "_" + version + "_all.deb";
    }

    /** Return the package as dpkg reads it. */
    byte[] file(Instant made) {
        String digest =
                HexFormat.of().formatHex(SigningKey.digest("MD5", content().getBytes(StandardCharsets.UTF_8)));
        Map<String, String> control = new TreeMap<>();
        control.put("control", control());
        control.put("md5sums", digest + "  " + path() + "\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ArArchiveOutputStream archive = new ArArchiveOutputStream(bytes)) {
            add(archive, "debian-binary", "2.0\n".getBytes(StandardCharsets.US_ASCII), made);
            add(archive, "control.tar.gz", tar(control, made), made);
            add(archive, "data.tar.gz", tar(Map.of(path(), content()), made), made);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void add(ArArchiveOutputStream archive, String name, byte[] content, Instant made)
            throws IOException {
        archive.putArchiveEntry(new ArArchiveEntry(name, content.length, 0, 0, 0100644, made.getEpochSecond()));
        archive.write(content);
        archive.closeArchiveEntry();
    }

    /** The directories of each file come before it, as dpkg wants to make them. */
    private static byte[] tar(Map<String, String> files, Instant made) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            put(tar, "./", "", made);
            for (Map.Entry<String, String> file : files.entrySet()) {
                for (int slash = file.getKey().indexOf('/');
                        slash > 0;
                        slash = file.getKey().indexOf('/', slash + 1)) {
                    put(tar, "./" + file.getKey().substring(0, slash + 1), "", made);
                }
                put(tar, "./" + file.getKey(), file.getValue(), made);
            }
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, String name, String content, Instant made) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        entry.setModTime(made.toEpochMilli());
        entry.setIds(0, 0);
        entry.setNames("root", "root");
        entry.setMode(entry.isDirectory() ? 040755 : 0100644);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }
}
