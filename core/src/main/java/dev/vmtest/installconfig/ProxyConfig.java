package dev.vmtest.installconfig;

import dev.vmtest.config.MapReader;
import dev.vmtest.secret.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hold the proxies of the install environment; their addresses are shown without the passwords in them. */
public record ProxyConfig(
        @Nullable Secret httpProxy,
        @Nullable Secret httpsProxy,
        @Nullable String noProxy) {

    /** No proxy at all. */
    public static final ProxyConfig NONE = new ProxyConfig(null, null, null);

    /** Read the {@code proxy} key, and {@code http_proxy}, which is older. */
    static ProxyConfig read(MapReader root) {
        MapReader reader = root.section("proxy");
        String http = reader.text("http_proxy");
        String legacy = root.text("http_proxy");
        List<String> none = reader.textOrTexts("no_proxy");
        ProxyConfig proxy = new ProxyConfig(
                Secret.ofAddress(http == null ? legacy : http),
                Secret.ofAddress(reader.text("https_proxy")),
                none.isEmpty() ? null : String.join(",", none));
        reader.refuseUnknown();
        return proxy;
    }
}
