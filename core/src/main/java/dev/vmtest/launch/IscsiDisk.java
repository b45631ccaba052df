package dev.vmtest.launch;

import dev.vmtest.iscsi.IscsiAccount;
import dev.vmtest.iscsi.IscsiServer;
import dev.vmtest.iscsi.IscsiTarget;
import dev.vmtest.secret.Secret;
import dev.vmtest.storage.IscsiPath;
import dev.vmtest.text.MistakeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describe a disk of {@code launch} that the guest reaches over iSCSI.
 *
 * @param image its image, made if it is not there
 * @param size how large its image is made, in bytes
 * @param target the name of its target
 * @param account how initiators must log in, or null to let everyone in
 * @param answer how the target proves itself to them, or null
 */
public record IscsiDisk(
        Path image,
        long size,
        String target,
        @Nullable IscsiAccount account,
        @Nullable IscsiAccount answer) {

    /** Six fields and more after them. */
    private static final Pattern NAMED = Pattern.compile("^((?:(?:\\\\.|[^\\\\:])*:){5}(?:\\\\.|[^\\\\:])*):.");

    private static final String DRIVER = "iscsi";
    private static final String FORM = "PATH:SIZE:iscsi:BLOCK-SIZE:TARGET[:USER:PASSWORD[:IUSER:IPASSWORD]]";

    /**
     * Read a disk of {@code launch}.
     *
     * @return the disk, or empty if it is one of another kind
     * @throws MistakeException if it is one over iSCSI, but not understood
     */
    public static Optional<IscsiDisk> parse(String text) {
        List<String> fields = Fields.ofPath(text);
        if (!DiskArguments.field(fields, 2, "").equals(DRIVER)) {
            return Optional.empty();
        }
        String block = DiskArguments.field(fields, 3, "512");
        if (!block.equals("512")) {
            throw new MistakeException(
                    "the disk '" + shown(text) + "': the blocks of an iSCSI disk have 512 bytes, not " + block);
        }
        String target = DiskArguments.field(fields, 4, "");
        if (!target.matches("[a-z0-9][a-z0-9.:-]*") || !List.of(5, 7, 9).contains(fields.size())) {
            throw new MistakeException("the disk '" + shown(text) + "' is not written " + FORM
                    + " with a target of small letters, digits and . : -; a colon within a field is written \\:");
        }
        return Optional.of(new IscsiDisk(
                Path.of(fields.get(0)),
                DiskArguments.size(shown(text), fields),
                target,
                account(text, fields, 5),
                account(text, fields, 7)));
    }

    private static @Nullable IscsiAccount account(String text, List<String> fields, int index) {
        String user = DiskArguments.field(fields, index, "");
        String password = DiskArguments.field(fields, index + 1, "");
        if (user.isEmpty() != password.isEmpty()) {
            throw new MistakeException("the disk '" + shown(text) + "': a user and a password go together");
        }
        return user.isEmpty() ? null : new IscsiAccount(user, new Secret(password));
    }

    /** Return what names the disk; what comes after the first user's name holds passwords. */
    private static String shown(String text) {
        Matcher named = NAMED.matcher(text);
        return named.find() ? named.group(1) + ":" + Secret.SHOWN : text;
    }

    /** Return what a server is told. */
    IscsiTarget served() {
        return new IscsiTarget(target, image, account, answer);
    }

    /** Return where a guest finds it. */
    IscsiPath path(IscsiServer server) {
        return new IscsiPath(
                account == null ? null : account.user(),
                account == null ? null : account.password(),
                answer == null ? null : answer.user(),
                answer == null ? null : answer.password(),
                server.hostFromGuest(),
                server.port(),
                IscsiTarget.LUN,
                target);
    }
}
