package dev.vmtest.facts;

/**
 * Describe one iSCSI session, as sysfs told it; passwords are never among it.
 *
 * @param id such as {@code session1}
 * @param target the target's name
 * @param user the name that the initiator logged in with; empty without CHAP
 * @param targetUser the name that the target answered with; empty without mutual CHAP
 * @param state such as {@code LOGGED_IN}
 */
public record IscsiSession(String id, String target, String user, String targetUser, String state) {}
