package dev.vmtest.check;

import dev.vmtest.digest.Sha256;
import dev.vmtest.facts.CollectScript;
import dev.vmtest.facts.Facts;
import dev.vmtest.installconfig.ExpectedSystem;
import dev.vmtest.installconfig.ExpectedSystem.Wanted;
import dev.vmtest.installconfig.ExpectedUser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Check what a configuration expects of the installed system: host name, time zone, packages, users. */
final class ExpectedSystemChecks {

    private static final String DIRECTORY = "expected-system";
    private static final String ZONES = "/usr/share/zoneinfo/";

    /** The hash itself stays in the guest; of its digest nobody gets back to it. */
    private static final String COLLECT_USER = """
                getent passwd "$user" >%1$s/"$user".passwd || :
                id -nG "$user" >%1$s/"$user".groups 2>/dev/null || :
                hash=$(getent shadow "$user" | cut -d: -f2)
                case $hash in
                    '') echo empty ;;
                    [!*]*) echo locked ;;
                    *) echo set ;;
                esac >%1$s/"$user".state
                printf %%s "$hash" | sha256sum | cut -d' ' -f1 >%1$s/"$user".digest
                home=$(getent passwd "$user" | cut -d: -f6)
                head -c 1000000 "$home/.ssh/authorized_keys" >%1$s/"$user".keys 2>/dev/null || :
            """;

    private final ExpectedSystem expected;

    ExpectedSystemChecks(ExpectedSystem expected) {
        this.expected = expected;
    }

    List<Check> list() {
        List<Check> checks = new ArrayList<>();
        Wanted host = expected.hostName();
        if (host != null) {
            checks.add(Check.of(
                    "host name",
                    host.location(),
                    facts -> Outcome.equal(
                            "the host name",
                            host.text(),
                            text(facts, "hostname").strip())));
        }
        Wanted zone = expected.timeZone();
        if (zone != null) {
            checks.add(Check.of("time zone", zone.location(), facts -> zone(facts, zone.text())));
        }
        for (Wanted name : expected.packages()) {
            checks.add(Check.of(
                    "package " + name.text(),
                    name.location(),
                    facts -> SystemChecks.installedPackage(facts, name.text())));
        }
        expected.users().forEach(user -> checks.addAll(of(user)));
        return checks;
    }

    private List<Check> of(ExpectedUser user) {
        List<Check> checks = new ArrayList<>();
        String name = "user " + user.name();
        checks.add(Check.of(name + ": exists", user.location(), facts -> exists(facts, user)));
        if (user.password() != null) {
            String digest = Sha256.of(user.password().reveal());
            checks.add(Check.of(name + ": password", user.location(), facts -> password(facts, user, digest)));
        }
        if (user.isLocked()) {
            checks.add(Check.of(
                    name + ": locked",
                    user.location(),
                    facts -> Outcome.equal(
                            "the password of " + user.name(),
                            "locked",
                            of(facts, user, "state").strip())));
        }
        for (String group : user.groups()) {
            checks.add(Check.of(name + ": group " + group, user.location(), facts -> group(facts, user, group)));
        }
        if (!user.authorizedKeys().isEmpty()) {
            checks.add(Check.of(name + ": authorized keys", user.location(), facts -> keys(facts, user)));
        }
        return checks;
    }

    /** Return the script that collects what these checks need; nothing where there are none. */
    Optional<CollectScript> script() {
        if (list().isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder("mkdir -p " + DIRECTORY + "\n");
        text.append("cat /proc/sys/kernel/hostname >" + DIRECTORY + "/hostname\n");
        text.append("readlink -f /etc/localtime >" + DIRECTORY + "/zone || :\n");
        if (!expected.users().isEmpty()) {
            String users = expected.users().stream()
                    .map(user -> FileChecks.quote(user.name()))
                    .distinct()
                    .collect(Collectors.joining(" "));
            text.append("for user in ").append(users).append("; do\n");
            text.append(COLLECT_USER.formatted(DIRECTORY)).append("done\n");
        }
        return Optional.of(new CollectScript(DIRECTORY, text.toString()));
    }

    private static Outcome zone(Facts facts, String zone) {
        String path = text(facts, "zone").strip();
        return Outcome.equal("the time zone", zone, path.startsWith(ZONES) ? path.substring(ZONES.length()) : path);
    }

    private static Outcome exists(Facts facts, ExpectedUser user) {
        String entry = of(facts, user, "passwd").strip();
        return entry.startsWith(user.name() + ":")
                ? Outcome.passed("the system has the user " + user.name(), entry)
                : Outcome.failed("the system has no user " + user.name());
    }

    private static Outcome password(Facts facts, ExpectedUser user, String digest) {
        return of(facts, user, "digest").strip().equals(digest)
                ? Outcome.passed("the hash of the password is the one that was asked for")
                : Outcome.failed("the hash of the password of " + user.name() + " is another one; the password is "
                        + of(facts, user, "state").strip());
    }

    private static Outcome group(Facts facts, ExpectedUser user, String group) {
        String groups = of(facts, user, "groups").strip();
        return Arrays.asList(groups.split("\\s+")).contains(group)
                ? Outcome.passed(user.name() + " is in the group " + group)
                : Outcome.failed(user.name() + " should be in the group " + group + " but is in [" + groups + "]");
    }

    private static Outcome keys(Facts facts, ExpectedUser user) {
        String keys = of(facts, user, "keys");
        List<String> missing = user.authorizedKeys().stream()
                .map(String::strip)
                .filter(key -> keys.lines().noneMatch(line -> line.strip().equals(key)))
                .toList();
        return missing.isEmpty()
                ? Outcome.passed("the keys of " + user.name() + " may log in", keys)
                : Outcome.failed(
                        missing.size() + " of " + user.authorizedKeys().size() + " keys may not log in as "
                                + user.name() + ", the first is " + missing.get(0),
                        keys);
    }

    private static String of(Facts facts, ExpectedUser user, String what) {
        return text(facts, user.name() + "." + what);
    }

    private static String text(Facts facts, String name) {
        return facts.text(DIRECTORY + "/" + name);
    }
}
