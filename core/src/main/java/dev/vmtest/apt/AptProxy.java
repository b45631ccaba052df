package dev.vmtest.apt;

import dev.vmtest.config.Location;
import dev.vmtest.secret.Secret;

/**
 * Describe the proxy through which apt fetches what has an address of one scheme.
 *
 * @param location where it stands
 * @param scheme {@code http}, {@code https} or {@code ftp}
 * @param address shown without the name and the password in it
 */
public record AptProxy(Location location, String scheme, Secret address) {

    /** Where they are written. */
    public static final String FILE = "/etc/apt/apt.conf.d/90curtin-aptproxy";

    /** Return the line of apt.conf(5) that says this. */
    public String text() {
        return "Acquire::" + scheme + "::Proxy \"" + address.reveal() + "\";\n";
    }
}
