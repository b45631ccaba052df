package dev.vmtest.cli;

import dev.vmtest.publish.WebhookServer;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** Print what an installer reports, for one that runs outside of vmtest. */
@Command(
        name = "webhook-logger",
        description = {
            "Receives what an installer reports to a webhook and prints it, until it is interrupted.",
            "",
            "Only this host reaches it, and guests on QEMU's user network through it, unless another ADDRESS is"
                    + " given.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class WebhookLoggerCommand implements Callable<Integer> {

    private static final String PORT = "8000";

    /** What is told of one text in a report; a whole log may be in it. */
    private static final int LONGEST_TEXT = 2000;

    private final Invocation invocation;

    @Parameters(
            paramLabel = "[ADDRESS] PORT",
            arity = "0..2",
            description = "Where to listen; 127.0.0.1 and 8000 otherwise. Port 0 is any free one.")
    private List<String> place = new ArrayList<>();

    @Option(names = "--count", paramLabel = "N", description = "End after N requests instead.")
    private @Nullable Integer count;

    WebhookLoggerCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        InetSocketAddress wanted = wanted();
        CountDownLatch requests = new CountDownLatch(count == null ? Integer.MAX_VALUE : count);
        invocation.reportsInterruption().set(true);
        try (WebhookServer server = WebhookServer.on(wanted, new Printer(invocation.out(), requests))) {
            explain(server.address());
            requests.await();
            return ExitStatus.SUCCESS;
        } catch (IOException taken) {
            throw new InfrastructureException(
                    "cannot listen on " + wanted.getHostString() + " port " + wanted.getPort() + ": "
                            + PlainTrouble.of(taken) + "; choose another port",
                    taken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitStatus.INTERRUPTED;
        }
    }

    private InetSocketAddress wanted() {
        String port = place.isEmpty() ? PORT : place.get(place.size() - 1);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new UsageException("'" + port + "' is no port; give a number up to 65535");
        }
        try {
            InetAddress address =
                    place.size() < 2 ? InetAddress.getLoopbackAddress() : InetAddress.getByName(place.get(0));
            return new InetSocketAddress(address, Integer.parseInt(port));
        } catch (UnknownHostException unknown) {
            throw new UsageException("'" + place.get(0) + "' is no address of this host; give one, such as 127.0.0.1");
        }
    }

    private void explain(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        String endpoint = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/";
        invocation.out().print("""
                listening on %s
                a configuration that reports there:

                reporting:
                  logger: {type: webhook, endpoint: '%s', level: DEBUG}

                """.formatted(endpoint, endpoint));
        invocation.out().flush();
    }

    /** Print each request; what came from outside cannot steer the terminal. */
    private record Printer(PrintStream out, CountDownLatch requests) implements WebhookServer.Listener {

        private static final ObjectMapper JSON = new ObjectMapper();

        @Override
        public void posted(String path, JsonNode body) {
            shorten(body, 0);
            print("POST " + path + "\n" + JSON.writerWithDefaultPrettyPrinter().writeValueAsString(body));
        }

        @Override
        public void asked(String method, String path) {
            print(method + " " + path);
        }

        @Override
        public void refused(String method, String path, String reason) {
            print(method + " " + path + " refused: " + reason);
        }

        private void print(String text) {
            out.println(Printable.text(text));
            out.flush();
            requests.countDown();
        }

        /** Files arrive whole; a beginning shows which they are. */
        private static void shorten(JsonNode node, int depth) {
            if (node instanceof ObjectNode object && depth < 20) {
                for (String name : List.copyOf(object.propertyNames())) {
                    JsonNode value = object.get(name);
                    if (value.isString() && value.asString().length() > LONGEST_TEXT) {
                        object.put(
                                name,
                                value.asString().substring(0, LONGEST_TEXT) + "… ("
                                        + value.asString().length() + " characters)");
                    } else {
                        shorten(value, depth + 1);
                    }
                }
            } else if (node.isArray() && depth < 20) {
                node.forEach(value -> shorten(value, depth + 1));
            }
        }
    }
}
