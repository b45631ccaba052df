package dev.vmtest.release;

import java.util.Arrays;
import java.util.Optional;

/** Name what configures the network of an installed system, as {@code vmtest: {renderer: …}} does. */
public enum Renderer {
    /** ifupdown, told by cloud-init: what a Debian system has by default. */
    IFUPDOWN("ifupdown"),
    /** systemd-networkd, told by netplan: what an Ubuntu server has by default. */
    NETWORKD("networkd"),
    /** NetworkManager, told by netplan: what an Ubuntu desktop has by default. */
    NETWORK_MANAGER("network-manager");

    private final String text;

    Renderer(String text) {
        this.text = text;
    }

    /** Return the renderer of a name, if there is one. */
    public static Optional<Renderer> of(String text) {
        return Arrays.stream(values()).filter(each -> each.text.equals(text)).findFirst();
    }

    /** Return the name. */
    public String text() {
        return text;
    }

    /** Return {@link #text()}, for messages. */
    @Override
    public String toString() {
        return text;
    }
}
