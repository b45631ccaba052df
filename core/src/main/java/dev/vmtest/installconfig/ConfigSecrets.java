package dev.vmtest.installconfig;

import dev.vmtest.apt.AptConfig;
import dev.vmtest.apt.DebconfAnswer;
import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.ScalarValue;
import dev.vmtest.config.Value;
import dev.vmtest.secret.Credentials;
import dev.vmtest.secret.Secret;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.DmCrypt;
import dev.vmtest.storage.IscsiPath;
import dev.vmtest.storage.StorageConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collect the secrets of a configuration, each as the text that a guest may repeat.
 *
 * <p>What is secret is said by where it stands: keys of volumes, accounts of iSCSI, answers of debconf's type
 * {@code password}, passwords of users, wireless networks and proxies, tokens, the lines of files that only their owner
 * reads, and what cloud-init is told of the same kinds.
 */
public final class ConfigSecrets {

    /** Keys whose values are secrets wherever they stand, in curtin's, netplan's and cloud-init's documents. */
    private static final Set<String> KEYS = Set.of(
            "activation_key",
            "auth_key",
            "client-key-password",
            "consumer_key",
            "consumer_secret",
            "hashed_passwd",
            "passphrase",
            "passwd",
            "password",
            "plain_text_passwd",
            "private_key",
            "psk",
            "registration_key",
            "token",
            "token_key",
            "token_secret",
            "validation_key",
            "wpa-psk");

    /** cloud-init's host keys: {@code rsa_private}. */
    private static final String PRIVATE = "_private";

    /** cloud-init's word for a password that it makes itself. */
    private static final String RANDOM = "RANDOM";

    /** A shorter line of a private file says nothing. */
    private static final int SHORTEST_LINE = 8;

    private static final String CLOUD_CONFIG = "#cloud-config";

    private final Set<Secret> found = new LinkedHashSet<>();

    private ConfigSecrets() {}

    /** Return the secrets of a configuration; of one text there is one. */
    public static List<Secret> of(InstallConfig config) {
        ConfigSecrets secrets = new ConfigSecrets();
        secrets.addStored(config.storage());
        MachineNeeds.of(config).iscsi().forEach(need -> {
            secrets.add(need.password());
            secrets.add(need.targetPassword());
        });
        config.writeFiles().forEach(secrets::addFile);
        config.cloudConfigFiles().forEach(secrets::addFile);
        if (config.apt() != null) {
            secrets.addAnswers(config.apt());
        }
        secrets.addAll(config.root());
        return List.copyOf(secrets.found);
    }

    private void add(@Nullable Secret secret) {
        if (secret != null && !secret.reveal().equals(RANDOM)) {
            found.add(secret);
        }
    }

    private void addStored(@Nullable StorageConfig storage) {
        if (storage == null) {
            return;
        }
        storage.all(DmCrypt.class).forEach(crypt -> add(crypt.key()));
        storage.all(Disk.class)
                .forEach(disk -> IscsiPath.parse(disk.path()).ifPresent(path -> {
                    add(path.password());
                    add(path.targetPassword());
                }));
    }

    private void addFile(WriteFile file) {
        String content = file.content().reveal();
        if (file.isPrivate()) {
            content.lines()
                    .map(String::strip)
                    .filter(line -> line.length() >= SHORTEST_LINE && !line.equals(CLOUD_CONFIG))
                    .forEach(line -> add(new Secret(line)));
            // A line of a list of accounts: the name is no secret, and what follows it may appear alone.
            content.lines().filter(line -> line.matches("[^:\\s]+:\\S+")).forEach(this::addPasswordOfLine);
        }
        if (content.startsWith(CLOUD_CONFIG)) {
            addAll(ConfigFiles.parse(file.name(), content, new Problems()));
        }
    }

    /** Add the second part of {@code user:password}. */
    private void addPasswordOfLine(String line) {
        int colon = line.indexOf(':');
        if (colon > 0) {
            add(new Secret(line.substring(colon + 1).strip()));
        }
    }

    private void addAnswers(AptConfig apt) {
        apt.debconf().stream()
                .flatMap(set -> set.answers().stream())
                .filter(DebconfAnswer::isPassword)
                .map(DebconfAnswer::value)
                .filter(value -> !value.reveal().isEmpty())
                .forEach(this::add);
    }

    private void addAll(Value value) {
        if (value instanceof MapValue map) {
            map.entries().forEach((key, entry) -> {
                if (entry.value() instanceof ScalarValue scalar && isSecret(key)) {
                    add(new Secret(scalar.text().strip()));
                } else if (key.equals("chpasswd") && entry.value() instanceof MapValue chpasswd) {
                    addAll(chpasswd);
                    Value list = chpasswd.get("list");
                    texts(list == null ? chpasswd : list)
                            .forEach(text -> text.lines().forEach(this::addPasswordOfLine));
                } else {
                    addAll(entry.value());
                }
            });
        } else if (value instanceof ListValue list) {
            list.items().forEach(this::addAll);
        } else if (value instanceof ScalarValue scalar) {
            Credentials.in(scalar.text()).forEach(this::add);
        }
    }

    static boolean isSecret(String key) {
        return KEYS.contains(key) || key.endsWith(PRIVATE);
    }

    private static List<String> texts(Value value) {
        List<String> texts = new ArrayList<>();
        if (value instanceof ScalarValue scalar) {
            texts.add(scalar.text());
        } else if (value instanceof ListValue list) {
            list.items().forEach(item -> texts.addAll(texts(item)));
        } else if (value instanceof MapValue map) {
            map.entries().values().forEach(entry -> texts.addAll(texts(entry.value())));
        }
        return texts;
    }
}
