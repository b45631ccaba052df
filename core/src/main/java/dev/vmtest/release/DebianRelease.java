package dev.vmtest.release;

import java.time.LocalDate;

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
}
