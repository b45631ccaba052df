package dev.vmtest.settings;

/**
 * Name an environment variable that is read outside of {@link SettingsTable}: by the scripts that start vmtest, or, as
 * everywhere on a host, to find what belongs to the user.
 */
public enum OtherVariable {
    VMTEST_JAVA_OPTIONS("Options for the JVM of bin/vmtest, such as -Xmx512m"),
    VMTEST_CHECK_RELEASE("Release of the real installs of make check; without it bookworm"),
    VMTEST_CHECK_TESTS("Tests that make check installs; without it SimpleTest BasicTest UefiBasicTest"),
    VMTEST_WAYS_RELEASE("Release of tools/compare-ways; without it bookworm"),
    TERM("Without it, or if it is dumb, output is as into a file"),
    NO_COLOR("If it is set to anything, output has no colours"),
    HOME("The user's directory: public keys in .ssh, the cache in .cache, the history in .local/state"),
    XDG_CACHE_HOME(
            "The user's cache: a newer QEMU, and the images where /srv/images cannot be written; without it $HOME/.cache"),
    XDG_STATE_HOME("Where the history of runs is kept; without it $HOME/.local/state"),
    SSH_AUTH_SOCK("Socket of the ssh agent, whose public keys may log in to guests"),
    PATH("Where QEMU and the other programs are looked for");

    private final String meaning;

    OtherVariable(String meaning) {
        this.meaning = meaning;
    }

    /** Return what it is for, one sentence without the full stop. */
    public String meaning() {
        return meaning;
    }
}
