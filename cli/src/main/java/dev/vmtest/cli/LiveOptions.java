package dev.vmtest.cli;

import dev.vmtest.publish.LiveServer;
import dev.vmtest.publish.PublishServer;
import dev.vmtest.report.LiveReport;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Show a run in a browser while it goes on. */
final class LiveOptions {

    /** How often a run is looked at, in milliseconds: a network file system tells nobody of changes. */
    private static final long LOOK = 500;

    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--serve",
            description =
                    "Show the run in a browser while it goes on, until Ctrl-C; nothing is written. The page follows"
                            + " the run by itself, on this host or carried out by an engine.")
    private boolean serve;

    @Option(
            names = "--listen",
            paramLabel = "ADDRESS",
            description = "Where to show it, with --serve; 127.0.0.1 otherwise, which only this host reaches.")
    private @Nullable String listen;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port, with --serve; otherwise, and with 0, any free one, which is printed.")
    private @Nullable Integer port;

    boolean isAsked() {
        return serve;
    }

    /** Return whether it is asked for, without anything that does not go with it. */
    boolean isGiven(boolean prints, boolean isDry) {
        if (!serve) {
            if (listen != null || port != null) {
                throw new UsageException((listen != null ? "--listen" : "--port")
                        + " says where --serve shows a run; add --serve, or leave it out");
            }
            return false;
        }
        if (prints || isDry) {
            throw new UsageException("--serve writes nothing, so it does not go with "
                    + (prints ? "--print" : "--dry-run") + "; leave one of them out");
        }
        return true;
    }

    /**
     * Show a run until this is interrupted.
     *
     * @throws IOException if the directory is none of a run
     */
    int serve(Path topdir, Invocation invocation) throws IOException {
        InetSocketAddress wanted = wanted();
        ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "look-at-run");
            thread.setDaemon(true);
            return thread;
        });
        try (LiveReport live = LiveReport.of(topdir, Clock.systemUTC());
                LiveServer server = open(wanted, live)) {
            invocation.reportsInterruption().set(true);
            invocation.out().println("live " + server.url());
            invocation
                    .out()
                    .println("the page follows the run until Ctrl-C; whoever has this address sees it"
                            + (wanted.getAddress().isLoopbackAddress() ? ", on this host only" : ""));
            invocation.out().flush();
            Looks each = new Looks(live, server, invocation);
            var unused = looks.scheduleWithFixedDelay(each::look, 0, LOOK, TimeUnit.MILLISECONDS);
            new CountDownLatch(1).await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            looks.shutdownNow();
        }
        return ExitStatus.INTERRUPTED;
    }

    private static LiveServer open(InetSocketAddress wanted, LiveReport live) {
        try {
            return LiveServer.on(wanted, PublishServer.newSecret(new SecureRandom()), live);
        } catch (IOException taken) {
            throw new InfrastructureException(
                    "cannot listen on " + wanted.getHostString() + " port " + wanted.getPort() + ": "
                            + PlainTrouble.of(taken) + "; choose another with --listen and --port",
                    taken);
        }
    }

    private InetSocketAddress wanted() {
        int number = port == null ? 0 : port;
        if (number < 0 || number > HIGHEST_PORT) {
            throw new UsageException("'" + number + "' is no port; give a number up to " + HIGHEST_PORT);
        }
        try {
            InetAddress address = listen == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(listen);
            return new InetSocketAddress(address, number);
        } catch (UnknownHostException unknown) {
            throw new UsageException("'" + listen + "' is no address of this host; give one, such as 127.0.0.1");
        }
    }

    /** Look at a run, and tell the page what is new and the terminal when it is over. Confined to one thread. */
    private static final class Looks {

        private final LiveReport live;
        private final LiveServer server;
        private final Invocation invocation;
        private String trouble = "";
        private boolean isTold;

        Looks(LiveReport live, LiveServer server, Invocation invocation) {
            this.live = live;
            this.server = server;
            this.invocation = invocation;
        }

        void look() {
            try {
                server.tell(live.look());
                trouble = "";
            } catch (IOException unreadable) {
                // A file server may be away for a while; the page says how long nothing was heard.
                String now = PlainTrouble.of(unreadable);
                if (!now.equals(trouble)) {
                    invocation.err().println("vmtest: the run cannot be read at the moment: " + now);
                    trouble = now;
                }
            }
            if (live.isOver() && !isTold) {
                isTold = true;
                invocation.out().println("the run is over: " + live.headline());
                invocation.out().flush();
            }
        }
    }
}
