package dev.vmtest.installconfig;

import dev.vmtest.config.MapReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hold the proxies of the install environment. */
public record ProxyConfig(
        @Nullable String httpProxy,
        @Nullable String httpsProxy,
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
                http == null ? legacy : http,
                reader.text("https_proxy"),
                none.isEmpty() ? null : String.join(",", none));
        reader.refuseUnknown();
        return proxy;
    }
}
