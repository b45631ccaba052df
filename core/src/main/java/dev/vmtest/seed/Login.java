package dev.vmtest.seed;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Say in cloud-config who may log in to a guest. */
final class Login {

    /**
     * The Python harness's well-known password, {@code passw0rd}, as SHA-512 crypt: {@code openssl passwd -6 -salt
     * vmtest passw0rd}. cloud-init hands a hash on as it is (its module set_passwords).
     */
    static final String PASSWORD_HASH =
            "$6$vmtest$z0j4QQkcdTXxP0HW0FDdrAmhR3q/zPSMrdpj441i6WjoBOLI7COqhztLvTW.c0KRoT04PVatS138u5tiQmGp00";

    private Login() {}

    /** Give the image's default user the Python harness's password, without the need to change it at once. */
    static Map<String, Object> config() {
        return new TreeMap<>(Map.of("password", PASSWORD_HASH, "chpasswd", Map.of("expire", false)));
    }

    /** Let the holders of keys log in as the image's default user. */
    static Map<String, Object> authorizedKeys(List<String> keys) {
        return Map.of("ssh_authorized_keys", keys);
    }
}
