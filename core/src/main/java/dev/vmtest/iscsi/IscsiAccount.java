package dev.vmtest.iscsi;

/** Hold a name and a password for CHAP; its text never shows the password. */
public record IscsiAccount(String user, String password) {

    @Override
    public String toString() {
        return user + ":…";
    }
}
