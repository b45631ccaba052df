package dev.vmtest.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Find the public keys of the user, so that a guest can be entered to look around. */
final class SshKeys {

    private static final List<String> NAMES = List.of("id_ecdsa.pub", "id_ed25519.pub", "id_rsa.pub");

    private SshKeys() {}

    /** Return the keys of {@code ~/.ssh}, the seeds' {@code ssh-keys-list} names; none is no error. */
    static List<String> of(Path home) {
        List<String> keys = new ArrayList<>();
        for (String name : NAMES) {
            read(home.resolve(".ssh").resolve(name)).ifPresent(keys::add);
        }
        return keys;
    }

    /** A key that cannot be read is a key that is not there: guests work without any. */
    private static Optional<String> read(Path file) {
        try {
            return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
