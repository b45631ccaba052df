package dev.vmtest.iscsi;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Give orders to a running tgtd with tgtadm(8). */
final class TgtControl {

    /** The variable that says where tgtd listens for orders; both programs append the control port's number. */
    static final String SOCKET = "TGT_IPC_SOCKET";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern PORTAL = Pattern.compile("(?m)^Portal: (\\S+),\\d+$");
    private static final Pattern TARGET = Pattern.compile("(?m)^Target (\\d+): ");

    private final Processes processes;
    private final Path socket;
    private final Map<String, String> accounts = new HashMap<>();

    TgtControl(Processes processes, Path socket) {
        this.processes = processes;
        this.socket = socket;
    }

    Path socket() {
        return socket;
    }

    /** Return the portals on which it listens, or empty if it does not answer. */
    Optional<List<String>> portals() throws IscsiException {
        Completed answer = ask(List.of("--mode", "portal", "--op", "show"));
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
        int number = freeNumber();
        String tid = Integer.toString(number);
        order("serve " + target.name(), "target", "new", "--tid", tid, "--targetname", target.name());
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

    private int freeNumber() throws IscsiException {
        Completed answer = ask(List.of("--mode", "target", "--op", "show"));
        int last = 0;
        Matcher target = TARGET.matcher(answer.stdout());
        while (target.find()) {
            last = Math.max(last, Integer.parseInt(target.group(1)));
        }
        return last + 1;
    }

    /** A server knows one password for each name, whichever target asks for it. */
    private void bind(String tid, IscsiAccount account, List<String> options) throws IscsiException {
        String known = accounts.putIfAbsent(account.user(), account.password());
        if (known == null) {
            order(
                    "make the account " + account.user(),
                    "account",
                    "new",
                    "--user",
                    account.user(),
                    "--password",
                    account.password());
        } else if (!known.equals(account.password())) {
            throw new IscsiException("the account " + account.user()
                    + " has two passwords, but an iSCSI server knows one for each name; use two names");
        }
        List<String> words = new ArrayList<>(List.of("--tid", tid, "--user", account.user()));
        words.addAll(options);
        order("bind the account " + account.user(), "account", "bind", words.toArray(String[]::new));
    }

    private void order(String what, String mode, String operation, String... words) throws IscsiException {
        List<String> arguments = new ArrayList<>(List.of("--mode", mode, "--op", operation));
        arguments.addAll(List.of(words));
        Completed answer = ask(arguments);
        if (!answer.succeeded()) {
            // The words are not shown: there may be a password among them.
            throw new IscsiException("tgtd does not " + what + ": "
                    + answer.stderr().lines().findFirst().orElse("exit status " + answer.exitStatus()));
        }
    }

    private Completed ask(List<String> arguments) throws IscsiException {
        List<String> words = new ArrayList<>(List.of("tgtadm", "--lld", "iscsi"));
        words.addAll(arguments);
        try {
            return processes.run(Command.of(words).withEnvironment(SOCKET, socket.toString()), TIMEOUT);
        } catch (ProcessException failure) {
            throw new IscsiException(String.valueOf(failure.getMessage()), failure);
        }
    }
}
