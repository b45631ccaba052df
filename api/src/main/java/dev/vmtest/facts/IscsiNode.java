package dev.vmtest.facts;

/**
 * Describe one record of the initiator: how it logs in to a target; passwords are never among it.
 *
 * @param target the target's name
 * @param portal {@code HOST:PORT}
 * @param startup {@code automatic}, {@code manual} or {@code onboot}
 * @param authenticationMethod {@code CHAP} or {@code None}
 * @param user the name with which it logs in, or an empty text
 * @param targetUser the name with which the target must answer, or an empty text
 */
public record IscsiNode(
        String target, String portal, String startup, String authenticationMethod, String user, String targetUser) {}
