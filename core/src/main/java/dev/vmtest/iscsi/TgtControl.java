package dev.vmtest.iscsi;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Give orders to a running tgtd with tgtadm(8). */
final class TgtControl {

    private static final Logger LOG = LoggerFactory.getLogger(TgtControl.class);

    /** The variable that says where tgtd listens for orders; both programs append the control port's number. */
    static final String SOCKET = "TGT_IPC_SOCKET";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern PORTAL = Pattern.compile("(?m)^Portal: (\\S+),\\d+$");
    private static final Pattern TARGET = Pattern.compile("(?m)^Target (\\d+): ");
    private static final Pattern BOUND = Pattern.compile("(?m)^        (\\S+)(?: \\(outgoing\\))?$");
    private static final int ATTEMPTS = 20;

    private final Processes processes;
    private final Path socket;
    private final Map<String, Secret> accounts = new HashMap<>();
    private final Set<String> made = new LinkedHashSet<>();

    TgtControl(Processes processes, Path socket) {
        this.processes = processes;
        this.socket = socket;
    }

    Path socket() {
        return socket;
    }

    /** Return the portals on which it listens, or empty if it does not answer. */
    Optional<List<String>> portals() throws IscsiException {
        Completed answer = show("portal");
        if (!answer.succeeded()) {
            return Optional.empty();
        }
        List<String> portals = new ArrayList<>();
        Matcher portal = PORTAL.matcher(answer.stdout());
        while (portal.find()) {
            portals.add(portal.group(1));
        }
        return Optional.of(List.copyOf(portals));
    }

    /** Serve a target, and return its number. */
    int add(IscsiTarget target) throws IscsiException {
        int number = create(target.name());
        String tid = Integer.toString(number);
        order(
                "serve " + target.image(),
                "logicalunit",
                "new",
                "--tid",
                tid,
                "--lun",
                Integer.toString(IscsiTarget.LUN),
                "--backing-store",
                target.image().toAbsolutePath().toString());
        if (target.account() != null) {
            bind(tid, target.account(), List.of());
        }
        if (target.answer() != null) {
            bind(tid, target.answer(), List.of("--outgoing"));
        }
        order("let initiators in", "target", "bind", "--tid", tid, "--initiator-address", "ALL");
        return number;
    }

    void remove(int number) throws IscsiException {
        order("remove a target", "target", "delete", "--tid", Integer.toString(number), "--force");
    }

    /** Remove the accounts that were made here, but for those that another's target came to use meanwhile. */
    void removeAccounts() throws IscsiException {
        for (String user : made) {
            if (!isBound(user)) {
                order("remove the account " + user, "account", "delete", "--user", user);
            }
        }
        made.clear();
    }

    /** Make a target under a free number; somebody else may take the number first. */
    private int create(String name) throws IscsiException {
        int taken = 0;
        for (int attempt = 1; ; attempt++) {
            int number = freeNumber();
            try {
                order("serve " + name, "target", "new", "--tid", Integer.toString(number), "--targetname", name);
                return number;
            } catch (IscsiException refused) {
                // The answer is the same where it is the name that is taken.
                if (attempt == ATTEMPTS || number == taken || freeNumber() == number) {
                    throw refused;
                }
                taken = number;
            }
        }
    }

    private int freeNumber() throws IscsiException {
        int last = 0;
        Matcher target = TARGET.matcher(show("target").stdout());
        while (target.find()) {
            last = Math.max(last, Integer.parseInt(target.group(1)));
        }
        return last + 1;
    }

    /** Say whether a target asks for an account. */
    private boolean isBound(String user) throws IscsiException {
        Matcher bound = BOUND.matcher(show("target").stdout());
        while (bound.find()) {
            if (bound.group(1).equals(user)) {
                return true;
            }
        }
        return false;
    }

    /** A server knows one password for each name, whichever target asks for it. */
    private void bind(String tid, IscsiAccount account, List<String> options) throws IscsiException {
        Secret known = accounts.putIfAbsent(account.user(), account.password());
        if (known == null) {
            create(account);
        } else if (!known.equals(account.password())) {
            throw new IscsiException("the account " + account.user()
                    + " has two passwords, but an iSCSI server knows one for each name; use two names");
        }
        List<String> words = new ArrayList<>(List.of("--tid", tid, "--user", account.user()));
        words.addAll(options);
        order("bind the account " + account.user(), "account", "bind", words.toArray(String[]::new));
    }

    /**
     * Make an account. One of this name that no target asks for was left behind, and goes; one that a target asks for
     * is another run's of the same test, whose password cannot be read.
     */
    private void create(IscsiAccount account) throws IscsiException {
        String user = account.user();
        if (accountNames().contains(user)) {
            if (isBound(user)) {
                LOG.warn(
                        "the iSCSI server has an account {} already, of somebody else; its password is not changed",
                        user);
                return;
            }
            order("replace the account " + user, "account", "delete", "--user", user);
        }
        // It takes a password no other way, so other users of the host can see it for a moment (ps).
        order(
                "make the account " + user,
                command("account", "new", "--user", user, "--password").with(account.password()));
        made.add(user);
    }

    private List<String> accountNames() throws IscsiException {
        return show("account").stdout().lines().map(String::strip).toList();
    }

    private void order(String what, String mode, String operation, String... words) throws IscsiException {
        order(what, command(mode, operation, words));
    }

    private void order(String what, Command command) throws IscsiException {
        Completed answer = ask(command);
        if (!answer.succeeded()) {
            throw new IscsiException("tgtd does not " + what + ": "
                    + answer.stderr().lines().findFirst().orElse("exit status " + answer.exitStatus()));
        }
    }

    private Completed show(String mode) throws IscsiException {
        return ask(command(mode, "show"));
    }

    private Command command(String mode, String operation, String... words) {
        return Command.of("tgtadm", "--lld", "iscsi", "--mode", mode, "--op", operation)
                .with(words)
                .withEnvironment(SOCKET, socket.toString());
    }

    private Completed ask(Command command) throws IscsiException {
        try {
            return processes.run(command, TIMEOUT);
        } catch (ProcessException failure) {
            throw new IscsiException(String.valueOf(failure.getMessage()), failure);
        }
    }
}
