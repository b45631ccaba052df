package dev.vmtest.launch;

import dev.vmtest.launch.ManualMachine.Nic;
import dev.vmtest.machine.qemu.Platform;
import dev.vmtest.release.Architecture;
import dev.vmtest.text.MistakeException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Read the network interfaces of {@code xkvm} and {@code launch}: {@code BRIDGE|user[,KEY=VALUE…]}. */
public final class NicArguments {

    private static final String PREFIX = "52:54:00:12:34:";
    private static final String OCTET = "[0-9A-Fa-f]{1,2}";

    private final Architecture architecture;
    private final String defaultModel;
    private final DeviceOptions options;
    private final RandomGenerator random;

    /**
     * Read network interfaces.
     *
     * @param architecture the guest's
     * @param defaultModel the device of one that names none (DEF_NETMODEL)
     */
    public NicArguments(Architecture architecture, String defaultModel, DeviceOptions options, RandomGenerator random) {
        this.architecture = architecture;
        this.defaultModel = defaultModel;
        this.options = options;
        this.random = random;
    }

    /**
     * Read one.
     *
     * @param index its place among the machine's, counted from 0
     * @throws MistakeException if it is not understood
     */
    public Nic of(String text, int index) throws LaunchException {
        List<String> fields = Fields.ofList(text);
        String bridge = fields.get(0);
        if (bridge.isEmpty() || bridge.contains("=")) {
            throw new MistakeException(
                    "the network interface '" + text + "' begins with the name of a bridge, or with 'user'");
        }
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String field : fields.subList(1, fields.size())) {
            int equals = field.indexOf('=');
            if (equals <= 0) {
                throw new MistakeException("the network interface '" + text + "': '" + field + "' is no KEY=VALUE");
            }
            tokens.put(field.substring(0, equals), field.substring(equals + 1));
        }
        String written = tokens.remove("mac");
        String also = tokens.remove("macaddr");
        String mac = mac(text, written != null ? written : also != null ? also : "auto", index);
        String model = model(tokens.getOrDefault("model", defaultModel));
        tokens.remove("model");
        if (!options.knows(Platform.of(architecture).device(model))) {
            throw new MistakeException("the network interface '" + text + "': QEMU has no device '" + model
                    + "'; write model=virtio-net, model=e1000 or another of 'qemu-system-x86_64 -device help'");
        }
        Map<String, String> device = new LinkedHashMap<>();
        Map<String, String> backend = new LinkedHashMap<>();
        for (Map.Entry<String, String> token : tokens.entrySet()) {
            boolean isDevice = token.getKey().equals("id")
                    || options.has(Platform.of(architecture).device(model), token.getKey());
            (isDevice ? device : backend).put(token.getKey(), token.getValue());
        }
        return new Nic(bridge, mac, model, device, backend);
    }

    private static String model(String name) {
        return switch (name) {
            case "virtio", "virtio-net-pci", "virtio-net-ccw" -> "virtio-net";
            default -> name;
        };
    }

    /** What is short of an address is the end of one that begins as QEMU's own do. */
    private String mac(String text, String written, int index) {
        if (written.equals("auto")) {
            return "%s%02x".formatted(PREFIX, index + 1);
        }
        if (written.equals("random")) {
            return "52:54:00:%02x:%02x:%02x".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
        }
        if (!written.matches(OCTET + "(:" + OCTET + "){0,5}")) {
            throw new MistakeException("the network interface '" + text + "': '" + written
                    + "' is no MAC address, no end of one, and neither 'auto' nor 'random'");
        }
        String[] octets = written.split(":", -1);
        String[] all = (PREFIX + "00").split(":", -1);
        for (int octet = 0; octet < octets.length; octet++) {
            all[all.length - octets.length + octet] = "%02x".formatted(Integer.parseInt(octets[octet], 16));
        }
        return String.join(":", all);
    }
}
