package dev.vmtest.installer.builtin;

import dev.vmtest.installconfig.StageCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Hold a call of {@code curtin net-meta}, which says what the network stage does.
 *
 * @param mode {@code auto}, {@code dhcp}, {@code copy}, {@code custom} or {@code disabled}
 * @param devices names of interfaces and curtin's words for some of them
 */
record NetMeta(String mode, List<String> devices) {

    /** What the stage does where nothing else is asked for. */
    static final NetMeta AUTO = new NetMeta("auto", List.of());

    static final List<String> MODES = List.of("auto", "dhcp", "copy", "custom", "disabled");
    private static final Set<String> DEVICES = Set.of("-D", "--devices");

    NetMeta {
        devices = List.copyOf(devices);
    }

    /** Read a command; nothing if it is no such call, or one that this class does not know. */
    static Optional<NetMeta> of(StageCommand command) {
        List<String> words =
                command.shell() ? List.of(command.argv().get(0).strip().split("\\s+", -1)) : command.argv();
        if (words.size() < 3 || !words.get(0).equals("curtin") || !words.get(1).equals("net-meta")) {
            return Optional.empty();
        }
        List<String> devices = new ArrayList<>();
        String mode = "";
        for (int index = 2; index < words.size(); index++) {
            String word = words.get(index);
            if (DEVICES.contains(word) && index + 1 < words.size()) {
                index++;
                devices.add(words.get(index));
            } else if (word.startsWith("--devices=")) {
                devices.add(word.substring("--devices=".length()));
            } else if (mode.isEmpty() && MODES.contains(word)) {
                mode = word;
            } else {
                return Optional.empty();
            }
        }
        return mode.isEmpty() ? Optional.empty() : Optional.of(new NetMeta(mode, devices));
    }
}
