package dev.vmtest.cli;

import dev.vmtest.guestfs.Backdoor;
import dev.vmtest.guestfs.GuestImage;
import dev.vmtest.guestfs.GuestfsException;
import dev.vmtest.session.ImageAccess;
import dev.vmtest.text.MistakeException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Add a user to the system in an image. */
@Command(
        name = "backdoor",
        description = {
            "Adds a user who may log in and become root to the system that is installed in IMAGE, without root.",
            "",
            "Name all disks of a system that has several. A squashfs cannot be changed.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class BackdoorCommand implements Callable<Integer> {

    private final Invocation invocation;

    @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Disk images of the system.")
    private List<Path> files = List.of();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            required = true,
            description = "The user; made where there is none of that name.")
    private String user = "";

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            description = "The password. Other users see it in the list of processes.")
    private @Nullable String password;

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file whose first line is the password.")
    private @Nullable Path passwordFile;

    @Option(names = "--password-auth", description = "Let ssh take passwords.")
    private boolean passwordLogin;

    @Option(names = "--ssh-key", paramLabel = "FILE", description = "A public key that ssh takes.")
    private @Nullable Path publicKey;

    @Option(names = "--format", paramLabel = "FORMAT", description = "Format of the images: ${COMPLETION-CANDIDATES}.")
    private GuestImage.@Nullable Format format;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say what is done.")
    private boolean verbose;

    @Mixin
    private DryRunOption dryRun = new DryRunOption();

    BackdoorCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws GuestfsException {
        Backdoor backdoor = new Backdoor(user, password(), passwordLogin, publicKey());
        List<GuestImage> images =
                files.stream().map(file -> GuestImage.of(file, format)).toList();
        if (dryRun.isGiven()) {
            backdoor.planned(images).forEach(change -> invocation.out().println(change.line()));
            return ExitStatus.SUCCESS;
        }
        if (verbose) {
            invocation.out().println("adding the user " + user + " to the system in " + files);
        }
        try (ImageAccess access = ImageAccess.open(invocation.surroundings())) {
            access.add(backdoor, images);
        }
        return ExitStatus.SUCCESS;
    }

    private @Nullable String password() {
        if (passwordFile == null) {
            return password;
        }
        if (password != null) {
            throw new MistakeException("--password and --password-file exclude each other");
        }
        try {
            return Files.readAllLines(passwordFile).stream().findFirst().orElse("");
        } catch (IOException unreadable) {
            throw new MistakeException(
                    "the password file cannot be read: " + PlainTrouble.of(unreadable, passwordFile), unreadable);
        }
    }

    private @Nullable Path publicKey() {
        if (publicKey != null && !Files.isReadable(publicKey)) {
            throw new MistakeException("the ssh key " + publicKey + " cannot be read; name a public key");
        }
        return publicKey;
    }
}
