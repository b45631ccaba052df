package dev.vmtest.image;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Name the Debian releases that an image can be built of. */
public enum DebianRelease {
    BOOKWORM("bookworm", "12", "2026-07-11"),
    TRIXIE("trixie", "13", "2028-08-09");

    private final String codename;
    private final String version;
    private final String supportedUntil;

    DebianRelease(String codename, String version, String supportedUntil) {
        this.codename = codename;
        this.version = version;
        this.supportedUntil = supportedUntil;
    }

    /** Return the name that suites of a mirror start with. */
    public String codename() {
        return codename;
    }

    /** Return the release's number. */
    public String version() {
        return version;
    }

    /** Return the last day of the standard support ({@code distro-info-data}). */
    public LocalDate supportedUntil() {
        return LocalDate.parse(supportedUntil);
    }

    /**
     * Return the release of a codename.
     *
     * @throws ImageException that names all releases, if there is none
     */
    public static DebianRelease of(String codename) throws ImageException {
        for (DebianRelease release : values()) {
            if (release.codename.equals(codename)) {
                return release;
            }
        }
        String known = Arrays.stream(values()).map(DebianRelease::codename).collect(Collectors.joining(", "));
        throw new ImageException(
                "an image of the release \"" + codename + "\" cannot be built", "the releases are: " + known);
    }
}
