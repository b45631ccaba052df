package dev.vmtest.guestfs;

import dev.vmtest.files.NewFile;
import dev.vmtest.files.PlannedChange;
import dev.vmtest.files.PlannedChange.Kind;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.text.MistakeException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Describe a user who can log in to an installed system and become root there.
 *
 * @param user the name
 * @param password the password, or null for none
 * @param passwordLogin whether ssh takes the password too
 * @param publicKey a file with an ssh public key, or null for none
 */
public record Backdoor(
        String user,
        @Nullable String password,
        boolean passwordLogin,
        @Nullable Path publicKey) {

    /** What useradd of Debian takes. */
    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_-]{0,31}");

    private static final String SSHD = "/etc/ssh/sshd_config.d/00-vmtest.conf";

    public Backdoor {
        if (!NAME.matcher(user).matches()) {
            throw new MistakeException("'" + user + "' is no name for a user: a small letter or _ comes first,"
                    + " then up to 31 of a-z, 0-9, _ and -");
        }
        if (password == null && publicKey == null) {
            throw new MistakeException("nobody could log in: say --password, --password-file or --ssh-key");
        }
        if (password != null && (password.isEmpty() || password.chars().anyMatch(c -> c == '\n' || c == '\0'))) {
            throw new MistakeException("the password must be one line that is not empty");
        }
    }

    /**
     * Add the user.
     *
     * @param images the disks of the system
     * @param temporaryParent where the password lies for a moment, readable by this user only
     * @throws GuestfsException if the system cannot be changed
     */
    public void addTo(Guestfs guestfs, List<GuestImage> images, Path temporaryParent) throws GuestfsException {
        requireChangeable(images);
        try (TemporaryDirectory scratch = TemporaryDirectory.create(temporaryParent, "vmtest-backdoor-")) {
            guestfs.customize(images, changes(scratch.path().resolve("password")));
        } catch (IOException trouble) {
            throw new GuestfsException("cannot hand the password over: " + PlainTrouble.of(trouble), trouble);
        }
    }

    private static void requireChangeable(List<GuestImage> images) throws GuestfsException {
        if (images.get(0).content() == GuestImage.Content.SQUASHFS) {
            throw new GuestfsException(images.get(0).file() + " is a squashfs, which cannot be changed;"
                    + " name the disk of an installed system, such as one below disks/ of a kept test");
        }
    }

    /**
     * Return what {@link #addTo} would do, without doing it or looking into the images.
     *
     * @throws GuestfsException if the images are none that can be changed
     */
    public List<PlannedChange> planned(List<GuestImage> images) throws GuestfsException {
        requireChangeable(images);
        List<PlannedChange> changes = new ArrayList<>();
        images.forEach(image -> changes.add(new PlannedChange(
                Kind.CHANGE, image.file() + (images.size() > 1 ? ", if the system has files there" : ""))));
        changes.add(new PlannedChange(Kind.MAKE, "the user " + user + ", if the system has none of that name"));
        changes.add(new PlannedChange(Kind.WRITE, sudoers() + " there"));
        if (password != null) {
            changes.add(new PlannedChange(Kind.REPLACE, "the password of " + user));
        }
        if (publicKey != null) {
            changes.add(
                    new PlannedChange(Kind.CHANGE, "the keys that let " + user + " in: " + publicKey + " is added"));
        }
        if (passwordLogin) {
            changes.add(new PlannedChange(Kind.WRITE, SSHD + " there"));
        }
        return changes;
    }

    private String sudoers() {
        return "/etc/sudoers.d/90-vmtest-" + user;
    }

    /** Return arguments of virt-customize; the password goes through a file, for everybody sees arguments. */
    List<String> changes(Path passwordFile) throws IOException {
        String sudoers = sudoers();
        List<String> changes = new ArrayList<>(List.of(
                "--run-command",
                "id -u " + user + " >/dev/null 2>&1 || useradd --create-home --shell /bin/bash " + user,
                "--mkdir",
                "/etc/sudoers.d",
                "--write",
                sudoers + ":" + user + " ALL=(ALL) NOPASSWD:ALL\n",
                "--chmod",
                "0440:" + sudoers));
        if (password != null) {
            NewFile.write(passwordFile, password);
            changes.addAll(List.of("--password", user + ":file:" + passwordFile));
        }
        if (publicKey != null) {
            changes.addAll(List.of("--ssh-inject", user + ":file:" + publicKey));
        }
        if (passwordLogin) {
            // sshd takes the first value that it reads.
            changes.addAll(
                    List.of("--mkdir", "/etc/ssh/sshd_config.d", "--write", SSHD + ":PasswordAuthentication yes\n"));
        }
        return List.copyOf(changes);
    }
}
