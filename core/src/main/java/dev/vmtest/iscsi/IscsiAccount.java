package dev.vmtest.iscsi;

import dev.vmtest.secret.Secret;

/** Hold a name and a password for CHAP. */
public record IscsiAccount(String user, Secret password) {}
