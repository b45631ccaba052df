package dev.vmtest.facts;

/** Name the family of the installed system; it decides which files its collect scripts look for. */
public enum Distribution {
    DEBIAN,
    UBUNTU,
    CENTOS
}
