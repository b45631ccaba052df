package dev.vmtest.machine.qemu;

import dev.vmtest.machine.MachineSpec;
import dev.vmtest.machine.NicSpec;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Write what the agent of a resumed machine must know, as its program {@code agent.py} in the package
 * {@code image} reads it.
 */
public final class AgentOrders {

    /** The language; an image says in its item {@code agent} which one its agent speaks. */
    public static final int VERSION = 1;

    /** Enough for the kernel's generator to be as good as new (random(4)). */
    private static final int ENTROPY_BYTES = 64;

    /** What QEMU's user network gives its only machine (QEMU documentation, "Using the user mode network stack"). */
    private static final Map<String, String> USER_NETWORK =
            Map.of("address", "10.0.2.15/24", "gateway", "10.0.2.2", "dns", "10.0.2.3");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private AgentOrders() {}

    /**
     * Return the line.
     *
     * @param patience how long the host waits for the guest's word
     */
    static String line(
            MachineSpec spec, List<String> commandLine, InstantSource clock, SecureRandom random, Duration patience) {
        byte[] entropy = new byte[ENTROPY_BYTES];
        random.nextBytes(entropy);
        Map<String, Object> orders = new LinkedHashMap<>();
        orders.put("time", clock.millis() / 1000.0);
        orders.put("entropy", HexFormat.of().formatHex(entropy));
        orders.put("command_line", String.join(" ", commandLine));
        // Who gives up first says what is missing, so that should be the one who knows.
        orders.put("patience", patience.multipliedBy(3).dividedBy(4).toSeconds());
        orders.put("address", isUserNetwork(spec) ? USER_NETWORK : null);
        orders.put("nics", spec.nics().stream().map(NicSpec::mac).toList());
        orders.put(
                "disks",
                spec.disks().stream()
                        .map(disk -> Map.of(
                                "id", Hardware.identity(disk),
                                "driver", disk.driver().text(),
                                "paths", disk.paths()))
                        .toList());
        return JSON.writeValueAsString(orders);
    }

    private static boolean isUserNetwork(MachineSpec spec) {
        return !spec.nics().isEmpty() && spec.nics().get(0).isUser();
    }
}
