package dev.vmtest.trial;

import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.machine.ConsoleAnswer;
import dev.vmtest.secret.Secret;
import dev.vmtest.storage.DmCrypt;
import dev.vmtest.storage.StorageConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Know the passphrases that a first boot asks for. A key of the configuration is kept nowhere in the installed system,
 * so whoever sits at the console types it.
 */
final class Passphrases {

    private Passphrases() {}

    /** Return what to type for each encrypted volume whose key the configuration holds. */
    static List<ConsoleAnswer> of(InstallConfig config) {
        List<ConsoleAnswer> answers = new ArrayList<>();
        StorageConfig storage = config.storage();
        if (storage != null) {
            for (DmCrypt crypt : storage.all(DmCrypt.class)) {
                Secret key = crypt.key();
                if (key != null) {
                    answers.add(new ConsoleAnswer(prompt(crypt.mappingName()), key));
                }
            }
        }
        return List.copyOf(answers);
    }

    /**
     * Match both who ask: the initramfs ({@code Please unlock disk NAME: }, cryptsetup-initramfs' functions) and
     * systemd ({@code Please enter passphrase for disk MODEL (NAME) on MOUNTPOINT: }, systemd-cryptsetup, which leaves
     * out a model that says nothing and the mount point where fstab has none).
     */
    private static Pattern prompt(String mapping) {
        String name = Pattern.quote(mapping);
        return Pattern.compile("(?:unlock|passphrase for) disk (?:" + name + "|.*\\(" + name + "\\))(?: on /[^:]*)?: ");
    }
}
