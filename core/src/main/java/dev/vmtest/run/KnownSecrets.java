package dev.vmtest.run;

import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.IscsiNeed;
import dev.vmtest.installconfig.MachineNeeds;
import dev.vmtest.machine.ConsoleLine;
import dev.vmtest.secret.Secret;
import dev.vmtest.storage.Disk;
import dev.vmtest.storage.DmCrypt;
import dev.vmtest.storage.IscsiPath;
import dev.vmtest.storage.StorageConfig;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Know the secrets of a test's configuration, to take them out of what a guest says: an installer that fails repeats its
 * commands, and the results keep that.
 *
 * @param secrets the longest first; one may be a part of another
 */
record KnownSecrets(List<Secret> secrets) {

    /** Anything shorter is no secret, and to hide it would spoil the text. */
    private static final int SHORTEST = 4;

    KnownSecrets {
        secrets = secrets.stream()
                .distinct()
                .filter(secret -> secret.reveal().length() >= SHORTEST)
                .sorted(Comparator.comparingInt(
                                (Secret secret) -> secret.reveal().length())
                        .reversed())
                .toList();
    }

    /** Collect the passwords and keys of a configuration. */
    static KnownSecrets of(InstallConfig config) {
        Stream<@Nullable Secret> served =
                MachineNeeds.of(config).iscsi().stream().flatMap(KnownSecrets::of);
        StorageConfig storage = config.storage();
        Stream<@Nullable Secret> stored = storage == null
                ? Stream.of()
                : Stream.concat(
                        storage.all(DmCrypt.class).stream().map(DmCrypt::key),
                        storage.all(Disk.class).stream()
                                .flatMap(disk -> IscsiPath.parse(disk.path()).stream())
                                .flatMap(path -> Stream.of(path.password(), path.targetPassword())));
        return new KnownSecrets(
                Stream.concat(served, stored).filter(Objects::nonNull).toList());
    }

    private static Stream<@Nullable Secret> of(IscsiNeed need) {
        return Stream.of(need.password(), need.targetPassword());
    }

    /** Return a text without them. */
    String hideIn(String text) {
        String shown = text;
        for (Secret secret : secrets) {
            shown = secret.hideIn(shown);
        }
        return shown;
    }

    /** Return a line of a console without them. */
    ConsoleLine hideIn(ConsoleLine line) {
        String shown = hideIn(line.text());
        return shown.equals(line.text()) ? line : new ConsoleLine(line.at(), line.number(), shown);
    }

    /** Return evidence without them. */
    Evidence hideIn(Evidence evidence) {
        return new Evidence(
                hideIn(evidence.summary()),
                evidence.context().stream().map(this::hideIn).toList(),
                hideIn(evidence.machineEnd()),
                hideIn(evidence.lastEvent()),
                evidence.log(),
                evidence.badLine());
    }
}
