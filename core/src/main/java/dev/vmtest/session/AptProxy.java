package dev.vmtest.session;

import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Find the proxy for packages: what the environment says, and if it says nothing the proxy of this host's apt. */
public final class AptProxy {

    private static final Logger LOG = LoggerFactory.getLogger(AptProxy.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private AptProxy() {}

    public static Optional<String> find(Settings settings, Processes processes) {
        Optional<String> given = settings.find(SettingsTable.APT_PROXY);
        return (given.isPresent() ? given : hosts(processes)).filter(proxy -> !proxy.isBlank());
    }

    /** Without apt there is no proxy of apt. */
    private static Optional<String> hosts(Processes processes) {
        try {
            Completed completed = processes.run(
                    Command.of("apt-config", "dump", "--format", "%v%n", "--no-empty", "Acquire::http::Proxy"),
                    TIMEOUT);
            return completed.succeeded()
                    ? completed.stdout().lines().map(String::strip).findFirst()
                    : Optional.empty();
        } catch (ProcessException absent) {
            LOG.debug("apt's configuration cannot be asked for a proxy: {}", absent.problem());
            return Optional.empty();
        }
    }
}
