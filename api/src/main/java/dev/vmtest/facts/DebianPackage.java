package dev.vmtest.facts;

/**
 * Describe one line of dpkg's list.
 *
 * @param name the package
 * @param version its version
 * @param status dpkg's three words, such as {@code install ok installed}
 */
public record DebianPackage(String name, String version, String status) {

    /** Return whether the package is installed, not merely known or half removed. */
    public boolean installed() {
        return status.endsWith(" installed");
    }
}
