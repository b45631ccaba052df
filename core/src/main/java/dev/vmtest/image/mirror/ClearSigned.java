package dev.vmtest.image.mirror;

import dev.vmtest.files.NewFile;
import dev.vmtest.image.ImageException;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.TemporaryDirectory;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Verify clear-signed documents with gpgv, and hand out only what was signed. */
final class ClearSigned {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Processes processes;
    private final Path keyring;
    private final Path temporaryDirectory;

    ClearSigned(Processes processes, Path keyring, Path temporaryDirectory) {
        this.processes = processes;
        this.keyring = keyring.toAbsolutePath();
        this.temporaryDirectory = temporaryDirectory;
    }

    /** Refuse a keyring that is not there, before anything is fetched. */
    void requireKeyring() throws ImageException {
        if (!Files.isReadable(keyring)) {
            throw new ImageException(
                    "the keyring " + keyring + " that the stream is verified against is missing",
                    "install the package that has it (on Ubuntu ubuntu-cloudimage-keyring or ubuntu-keyring), or name"
                            + " another with IMAGE_SRC_KEYRING or --keyring");
        }
    }

    /**
     * Return the signed text of a document. Nothing outside of the signature is taken: the text is what gpgv itself
     * says was signed.
     *
     * @param name what the document is, for messages
     * @throws ImageException if it is not signed, or not well, or not by a key of the keyring
     */
    byte[] verify(byte[] document, String name) throws ImageException {
        try (TemporaryDirectory directory = TemporaryDirectory.create(temporaryDirectory, "vmtest-signed-")) {
            Path signed = directory.path().resolve("signed");
            Path content = directory.path().resolve("content");
            NewFile.write(signed, document);
            Completed gpgv = processes.run(
                    Command.of(
                                    "gpgv",
                                    "--status-fd",
                                    "1",
                                    "--keyring",
                                    keyring.toString(),
                                    "--output",
                                    content.toString(),
                                    signed.toString())
                            .withEnvironment("LC_ALL", "C"),
                    LONGEST);
            List<String> status = gpgv.stdout()
                    .lines()
                    .filter(line -> line.startsWith("[GNUPG:] "))
                    .map(line -> line.substring("[GNUPG:] ".length()).split(" ", 2)[0])
                    .toList();
            // An expired key or signature has a word of its own instead of GOODSIG, and gpgv may still end with 0.
            boolean isGood = gpgv.succeeded()
                    && status.contains("GOODSIG")
                    && status.contains("VALIDSIG")
                    && status.stream().noneMatch(word -> word.matches("BADSIG|ERRSIG|EXP.*SIG|REV.*SIG"));
            if (!isGood) {
                throw new ImageException(
                        name + " has no good signature of a key in " + keyring + reason(gpgv),
                        "nothing of it was taken; check IMAGE_SRC_URL and the keyring (IMAGE_SRC_KEYRING, --keyring)");
            }
            return Files.readAllBytes(content);
        } catch (ProcessException failed) {
            String hint = failed.reason() == ProcessException.Reason.MISSING
                    ? "install it with 'apt-get install gpgv' ('vmtest doctor' says what else is missing)"
                    : failed.remedy();
            throw new ImageException(name + " cannot be verified: " + failed.problem(), hint, failed);
        } catch (IOException failed) {
            throw new ImageException(
                    name + " cannot be verified: " + PlainTrouble.of(failed),
                    "set TMPDIR to a directory with room",
                    failed);
        }
    }

    private static String reason(Completed gpgv) {
        List<String> lines = gpgv.stderr()
                .lines()
                .map(line -> line.replaceFirst("^gpgv: +", ""))
                .filter(line -> !line.isBlank() && !line.startsWith("Signature made") && !line.startsWith("using "))
                .limit(2)
                .map(Printable::word)
                .toList();
        return lines.isEmpty() ? "" : " (gpgv says: " + String.join(" ", lines) + ")";
    }
}
