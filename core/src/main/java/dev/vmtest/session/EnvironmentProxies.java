package dev.vmtest.session;

import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.text.MistakeException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** Choose the proxy of a server by {@code http_proxy}, {@code https_proxy} and {@code no_proxy}, as curl does. */
final class EnvironmentProxies extends ProxySelector {

    private final Settings settings;

    EnvironmentProxies(Settings settings) {
        this.settings = settings;
    }

    @Override
    public List<Proxy> select(URI server) {
        boolean isSecure = "https".equals(server.getScheme());
        String configured = settings.find(isSecure ? SettingsTable.HTTPS_PROXY : SettingsTable.HTTP_PROXY)
                .orElse("");
        if (configured.isEmpty() || isExempt(String.valueOf(server.getHost()))) {
            return List.of(Proxy.NO_PROXY);
        }
        URI proxy = URI.create(configured.contains("://") ? configured : "http://" + configured);
        if (proxy.getHost() == null) {
            throw new MistakeException((isSecure ? "https_proxy" : "http_proxy") + "='" + configured
                    + "' names no server; write http://HOST:PORT");
        }
        int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
        return List.of(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.getHost(), port)));
    }

    private boolean isExempt(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        for (String entry : settings.find(SettingsTable.NO_PROXY).orElse("").split("[,\\s]+", -1)) {
            String domain = entry.toLowerCase(Locale.ROOT).replaceFirst("^\\*?\\.", "");
            if (entry.equals("*") || (!domain.isEmpty() && (name.equals(domain) || name.endsWith("." + domain)))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void connectFailed(URI server, SocketAddress proxy, IOException failure) {
        // The failure itself is thrown to who connects.
    }
}
