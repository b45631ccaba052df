package dev.vmtest.autoinstall;

import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapReader;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.secret.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Read who may use the installed system: identity and ssh, and the users that cloud-init makes.
 *
 * <p>The user of the identity is made during the install, so that late commands find it; its keys come with the first
 * boot. The hash of its password goes through a file that only root reads, never through the words of a command.
 */
final class UserSections {

    /** Where a late command finds the hash. */
    static final String HASH_FILE = "/var/log/installer/identity";

    private static final String MAKE_USER = "groups=$3; for group in $4; do"
            + " if getent group \"$group\" >/dev/null; then groups=${groups:+$groups,}$group; fi; done;"
            + " useradd \"$1\" --comment \"$2\" --shell /bin/bash --create-home ${groups:+--groups \"$groups\"}"
            + " && chpasswd --encrypted <" + HASH_FILE;

    /** The groups of a user whose file names none, as far as the system has them. */
    static final String USUAL_GROUPS =
            "adm admin cdrom debian-tor dip libvirtd lpadmin lxd plugdev sambashare sudo users";

    private static final String USER_NAME = "[a-z_][a-z0-9_-]*";
    private static final int LONGEST_USER_NAME = 32;
    private static final String HOST_NAME =
            "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*";
    private static final String GROUP = "[a-zA-Z_][a-zA-Z0-9_.-]{0,31}";

    /** Users and groups that every system of the Debian family has (its package base-passwd). */
    private static final Set<String> TAKEN_NAMES = Set.of(
            "root",
            "daemon",
            "bin",
            "sys",
            "sync",
            "games",
            "man",
            "lp",
            "mail",
            "news",
            "uucp",
            "proxy",
            "www-data",
            "backup",
            "list",
            "irc",
            "nobody",
            "nogroup",
            "adm",
            "tty",
            "disk",
            "sudo",
            "admin",
            "staff",
            "users");

    private final MapReader body;
    private final Draft draft;
    private final CloudConfig cloudConfig;

    UserSections(MapReader body, Draft draft, CloudConfig cloudConfig) {
        this.body = body;
        this.draft = draft;
        this.cloudConfig = cloudConfig;
    }

    /**
     * Read the sections.
     *
     * @param isMisplaced whether the identity stands where it is not read, which has been said
     */
    void read(boolean isMisplaced) {
        MapValue section = body.map("identity");
        MapValue userData = body.map("user-data");
        MapReader ssh = body.section("ssh");
        List<ScalarValue> keys = keys(ssh);
        boolean installsServer = ssh.bool("install-server", false);
        boolean passwords = ssh.bool("allow-pw", keys.isEmpty());
        ssh.refuseUnknown();
        if (installsServer) {
            cloudConfig.put("ssh_pwauth", Place.of(ssh, "allow-pw").flag(passwords));
            draft.notJudged(
                    ssh.at("allow-pw"), "ssh: whether passwords " + (passwords ? "are taken" : "are turned down"));
        }
        if (section != null) {
            identity(body.within(section, "identity"), keys);
        } else {
            boolean saysNothing = !body.has("identity") && !body.has("user-data") && !isMisplaced;
            if (saysNothing && !hasInteractive("identity")) {
                body.problems()
                        .add(
                                body.source().location(),
                                "autoinstall: there is neither 'identity' nor 'user-data'",
                                "say who may log in: 'identity:' with hostname, username and password");
            }
            if (!keys.isEmpty()) {
                cloudConfig.put("ssh_authorized_keys", new Place(keys.get(0).location()).list(keys));
                draft.notJudged(keys.get(0).location(), "ssh: keys of the image's own user; there is no 'identity'");
            }
        }
        if (userData != null) {
            new UserData(body.within(userData, "user-data"), draft, cloudConfig).read();
        }
    }

    private boolean hasInteractive(String section) {
        List<String> sections = body.value("interactive-sections") instanceof ListValue list
                ? list.items().stream()
                        .filter(ScalarValue.class::isInstance)
                        .map(item -> ((ScalarValue) item).text())
                        .toList()
                : List.of();
        return sections.contains(section) || sections.contains("*");
    }

    private List<ScalarValue> keys(MapReader ssh) {
        ListValue list = ssh.list("authorized-keys");
        if (list == null) {
            return List.of();
        }
        ssh.texts("authorized-keys");
        List<ScalarValue> keys = list.items().stream()
                .filter(ScalarValue.class::isInstance)
                .map(ScalarValue.class::cast)
                .filter(key -> key.value() != null)
                .toList();
        keys.stream()
                .filter(key -> !key.text().strip().matches("[^\\n]*\\S+ [A-Za-z0-9+/=]{16,}[^\\n]*"))
                .forEach(key -> ssh.problems()
                        .add(
                                key.location(),
                                "ssh: this is no public key",
                                "write one line such as 'ssh-ed25519 AAAA… user@host'"));
        return keys;
    }

    private void identity(MapReader reader, List<ScalarValue> keys) {
        String user = reader.requiredText("username");
        String host = reader.requiredText("hostname").strip();
        String hash = hash(reader);
        String realName = reader.text("realname");
        Groups groups = groups(reader);
        reader.refuseUnknown();
        if (!user.isEmpty()) {
            checkName(reader, user);
        }
        if (!host.isEmpty() && (!host.matches(HOST_NAME) || host.length() > 64)) {
            reader.problem("hostname", "'" + host + "' can't name a host", "use letters, digits and dashes");
        }
        if (realName != null && realName.matches("(?s).*[:\\n].*")) {
            reader.problem("realname", "'realname' must have no colon and one line", "");
        }
        hostFiles(Place.of(reader, "hostname"), host);
        Place name = Place.of(reader, "username");
        draft.writeFile(
                Place.of(reader, "password"), "autoinstall-identity", HASH_FILE, "0600", user + ":" + hash + "\n");
        draft.inTarget(
                name,
                "1-user",
                "sh",
                "-c",
                MAKE_USER,
                "sh",
                user,
                realName == null ? "" : realName,
                String.join(",", groups.named()),
                groups.usual() ? USUAL_GROUPS : "");
        firstBoot(name, user, keys);
        expect(reader, user, groups.named(), keys);
    }

    /** Say it without the text: it may be a password that somebody uses. */
    private String hash(MapReader reader) {
        Secret given = reader.secret("password");
        String hash = given == null ? null : given.reveal();
        if (hash == null) {
            if (!reader.has("password")) {
                reader.missing("password");
            }
            return "";
        }
        if (!hash.matches("[!*].*|\\$[^:\\s]+|[./0-9A-Za-z]{13}|_[./0-9A-Za-z]{19}")) {
            reader.problem(
                    "password",
                    "'password' is no hash as crypt(5) makes it, so nobody could log in with it",
                    "write what 'openssl passwd -6' prints, in quotes");
        }
        return hash;
    }

    /**
     * Hold the groups of a user.
     *
     * @param named those that the file names
     * @param usual whether the usual ones come with them
     */
    private record Groups(List<String> named, boolean usual) {}

    private Groups groups(MapReader reader) {
        Value value = reader.value("groups");
        if (value == null) {
            return new Groups(List.of(), true);
        }
        if (value instanceof ListValue) {
            return new Groups(checked(reader, "groups"), false);
        }
        MapReader choice = reader.section("groups", "identity: groups");
        if (choice.has("override") && choice.has("append")) {
            choice.problem("append", "'override' and 'append' exclude each other", "keep one of them");
        } else if (value instanceof MapValue && !choice.has("override") && !choice.has("append")) {
            reader.problem("groups", "'groups' has neither 'override' nor 'append'", "write a list of groups");
        }
        boolean overrides = choice.has("override");
        List<String> named = checked(choice, overrides ? "override" : "append");
        choice.accept("override", "append");
        choice.refuseUnknown();
        return new Groups(named, !overrides);
    }

    private static List<String> checked(MapReader reader, String key) {
        List<String> groups = reader.texts(key);
        groups.stream()
                .filter(group -> !group.matches(GROUP))
                .forEach(group -> reader.problem(key, "'" + group + "' can't name a group", ""));
        return groups;
    }

    private static void checkName(MapReader reader, String user) {
        if (!user.matches(USER_NAME)) {
            reader.problem(
                    "username",
                    "'" + user + "' can't name a user",
                    "use small letters, digits, - and _, not first a digit or -");
        } else if (user.length() > LONGEST_USER_NAME) {
            reader.problem(
                    "username", "'username' has " + user.length() + " characters", "use at most " + LONGEST_USER_NAME);
        } else if (TAKEN_NAMES.contains(user)) {
            reader.problem("username", "the system has a user or group '" + user + "' of its own", "choose another");
        }
    }

    private void hostFiles(Place place, String host) {
        draft.writeFile(place, "autoinstall-hostname", "/etc/hostname", "0644", host + "\n");
        draft.writeFile(
                place,
                "autoinstall-hosts",
                "/etc/hosts",
                "0644",
                "127.0.0.1 localhost\n127.0.1.1 " + host + "\n\n::1 localhost ip6-localhost ip6-loopback\n"
                        + "ff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n");
        cloudConfig.put("preserve_hostname", place.flag(true));
        draft.expect("hostname", place.text(host));
    }

    private void firstBoot(Place name, String user, List<ScalarValue> keys) {
        Map<String, Value> entry = new LinkedHashMap<>();
        entry.put("name", name.text(user));
        entry.put("lock_passwd", name.flag(false));
        if (!keys.isEmpty()) {
            entry.put("ssh_authorized_keys", new Place(keys.get(0).location()).list(keys));
        }
        cloudConfig.user(name.map(entry));
    }

    private void expect(MapReader reader, String user, List<String> groups, List<ScalarValue> keys) {
        Place name = Place.of(reader, "username");
        Map<String, Value> expected = new LinkedHashMap<>();
        expected.put("name", name.text(user));
        if (reader.value("password") instanceof ScalarValue hash && hash.value() instanceof String) {
            expected.put("password", hash);
        }
        if (!groups.isEmpty()) {
            expected.put("groups", Place.of(reader, "groups").texts(groups.toArray(String[]::new)));
        }
        if (!keys.isEmpty()) {
            expected.put("authorized_keys", new Place(keys.get(0).location()).list(keys));
        }
        draft.expectUser(name.map(expected));
    }
}
