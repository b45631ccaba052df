package dev.vmtest.installer;

import java.nio.charset.StandardCharsets;

/** Hold what the install environment runs, and how its success is recognised. Immutable. */
public final class InstallPayload {

    private final String fileName;
    private final byte[] script;
    private final SuccessCriteria success;
    private final String installerVersion;
    private final String installs;

    /**
     * Hold a payload.
     *
     * @param fileName the name of the user-data part
     * @param script a self-contained program that begins with {@code #!}
     * @param success how the install's success is recognised
     * @param installerVersion what the install log must say that the installer is
     * @param installs which system it puts onto the disks, for the result
     */
    public InstallPayload(
            String fileName, byte[] script, SuccessCriteria success, String installerVersion, String installs) {
        this.fileName = fileName;
        this.script = script.clone();
        this.success = success;
        this.installerVersion = installerVersion;
        this.installs = installs;
    }

    /** Return the name of the user-data part. */
    public String fileName() {
        return fileName;
    }

    /** Return a copy of the program's bytes. */
    public byte[] script() {
        return script.clone();
    }

    /** Return the program as text. */
    public String text() {
        return new String(script, StandardCharsets.UTF_8);
    }

    /** Return how the install's success is recognised. */
    public SuccessCriteria success() {
        return success;
    }

    /** Return what the install log must say that the installer is. */
    public String installerVersion() {
        return installerVersion;
    }

    /** Return which system it puts onto the disks, for the result. */
    public String installs() {
        return installs;
    }
}
