package dev.vmtest.installconfig;

import org.jspecify.annotations.Nullable;

/** Hold the proxies of the install environment. */
public record ProxyConfig(
        @Nullable String httpProxy,
        @Nullable String httpsProxy,
        @Nullable String noProxy) {

    /** No proxy at all. */
    public static final ProxyConfig NONE = new ProxyConfig(null, null, null);
}
