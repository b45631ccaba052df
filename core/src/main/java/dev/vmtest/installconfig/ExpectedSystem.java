package dev.vmtest.installconfig;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold what the installed system is to have ({@code vmtest.expect}), beside what the other sections ask for.
 *
 * @param hostName the name of the host, or null for any
 * @param timeZone the time zone, such as {@code Europe/London}, or null for any
 * @param packages packages that are installed
 */
public record ExpectedSystem(
        @Nullable Wanted hostName, @Nullable Wanted timeZone, List<Wanted> packages, List<ExpectedUser> users) {

    static final String KEY = "expect";
    static final String SUBJECT = "vmtest: expect";
    private static final String USER_NAME = "[a-zA-Z0-9_][a-zA-Z0-9_.@-]*";
    private static final int LONGEST_NAME = 64;

    public ExpectedSystem {
        packages = List.copyOf(packages);
        users = List.copyOf(users);
    }

    /**
     * Hold one text that is wanted.
     *
     * @param location where it is asked for
     */
    public record Wanted(Location location, String text) {}

    /** Read the keys of the section that ask for something of the installed system. */
    static ExpectedSystem read(MapReader reader) {
        String host = reader.text("hostname");
        String zone = reader.matching(
                "timezone", text -> text.matches("[A-Za-z0-9_+/-]{1,100}"), "a time zone such as Europe/London");
        List<Wanted> packages = new ArrayList<>();
        reader.texts("packages");
        if (reader.value("packages") instanceof ListValue list) {
            list.items().stream()
                    .filter(ScalarValue.class::isInstance)
                    .map(ScalarValue.class::cast)
                    .forEach(name -> packages.add(new Wanted(name.location(), name.text())));
        }
        List<ExpectedUser> users = new ArrayList<>();
        for (MapValue user : reader.maps("users")) {
            users.add(user(reader.within(user, SUBJECT + ": user")));
        }
        return new ExpectedSystem(wanted(reader, "hostname", host), wanted(reader, "timezone", zone), packages, users);
    }

    private static ExpectedUser user(MapReader reader) {
        String name = reader.requiredText("name");
        if (!name.isEmpty() && !(name.matches(USER_NAME) && name.length() <= LONGEST_NAME)) {
            reader.problem("name", "'" + name + "' can't name a user", "");
        }
        ExpectedUser user = new ExpectedUser(
                reader.at("name"),
                name,
                List.copyOf(reader.texts("groups")),
                reader.secret("password"),
                reader.bool("locked", false),
                List.copyOf(reader.texts("authorized_keys")));
        reader.refuseUnknown();
        return user;
    }

    private static @Nullable Wanted wanted(MapReader reader, String key, @Nullable String text) {
        return text == null || text.isEmpty() ? null : new Wanted(reader.at(key), text);
    }
}
