package dev.vmtest.apt;

import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describe the package repository that a run makes itself and serves to its guests, as two archives below the address
 * that {@code PUBURL} stands for: {@code PUBURL/archive} and {@code PUBURL/security}.
 *
 * @param location where it is asked for
 * @param packages the versions of the packages in it by their names; they exist nowhere else
 */
public record OwnRepository(Location location, Map<String, String> packages) {

    /** The key of the section, in {@code vmtest}. */
    public static final String SECTION = "repository";

    /** Stands for its public key, armored; nobody knows it before. */
    public static final String KEY = "REPOSITORY_KEY";

    /** Stands for the fingerprint of its key. */
    public static final String KEY_ID = "REPOSITORY_KEYID";

    private static final String PACKAGES = "packages";

    public OwnRepository {
        packages = Collections.unmodifiableMap(new LinkedHashMap<>(packages));
    }

    /** Read the section, or return null if there is none. */
    public static @Nullable OwnRepository read(MapReader vmtest) {
        MapReader reader = vmtest.section(SECTION, "vmtest: " + SECTION);
        Map<String, String> packages = reader.textMap(PACKAGES);
        reader.refuseUnknown();
        packages.forEach((name, version) -> {
            if (!name.matches("[a-z0-9][a-z0-9+.-]{1,100}")) {
                reader.problem(PACKAGES, "'" + name + "' is no name of a package", "write it like vmtest-proof");
            }
            if (!version.matches("[0-9][A-Za-z0-9.+~-]{0,100}")) {
                reader.problem(PACKAGES, "'" + version + "' is no version of a package", "write it like '1.0'");
            }
        });
        return vmtest.has(SECTION) ? new OwnRepository(reader.source().location(), packages) : null;
    }

    /** Return whether a text is the key's or the id's place and nothing else. */
    static boolean isToken(String text) {
        return text.strip().equals(KEY) || text.strip().equals(KEY_ID);
    }
}
