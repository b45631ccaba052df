package dev.vmtest.apt;

import dev.vmtest.config.Location;
import dev.vmtest.secret.Secret;

/**
 * Describe the answer to one question of a package (debconf-set-selections(1)).
 *
 * @param location where its line stands
 * @param owner the package
 * @param question the question's name
 * @param type such as {@code select}, {@code boolean}, {@code password}, or {@code seen}
 * @param value the answer; a secret whatever the type, for nobody knows what a package asks for
 */
public record DebconfAnswer(Location location, String owner, String question, String type, Secret value) {

    /** The type whose answers debconf keeps where only root reads them. */
    public static final String PASSWORD = "password";

    /** The word by which a line says whether the question has been asked, in the place of a type. */
    public static final String SEEN = "seen";

    /** Return whether nobody may see the answer. */
    public boolean isPassword() {
        return type.equals(PASSWORD);
    }
}
