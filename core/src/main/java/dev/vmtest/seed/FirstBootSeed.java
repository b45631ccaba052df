package dev.vmtest.seed;

import dev.vmtest.text.TextResource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Describe what the installed system is told at its first boot: collect what there is to know, write
 * it as a tar over the raw output disk, power off.
 *
 * <p>The tar's last member is {@value #NONCE_FILE}, holding the nonce: a tar that was cut off, or one
 * of another run, doesn't have it. When the collected files don't fit, the disk gets a tar with
 * {@value #ERROR_FILE} alone instead, and the console a line that begins with
 * {@value #CONSOLE_PREFIX}. Power goes off after the disk has the data.
 *
 * @param instanceId an id never used before
 * @param nonce a word that only this run knows: letters, digits and dashes
 * @param collectProgram the shell program that fills {@link #COLLECT_DIRECTORY}
 * @param bootCloudConfig the test's own cloud-config, or an empty map
 * @param sshKeys public keys that may log in
 * @param power what happens at the end
 */
public record FirstBootSeed(
        String instanceId,
        String nonce,
        String collectProgram,
        Map<String, ?> bootCloudConfig,
        List<String> sshKeys,
        Power power) {

    /** The directory in the guest that is packed up. */
    public static final String COLLECT_DIRECTORY = "/mnt/output";

    /** The serial of the disk that takes the tar, as the Python harness calls it. */
    public static final String OUTPUT_DISK_SERIAL = "output_disk.img";

    /** The tar's last member, which proves that it is whole and of this run. */
    public static final String NONCE_FILE = "vmtest-nonce";

    /** The only member of the tar when collecting failed; it holds the reason as text. */
    public static final String ERROR_FILE = "vmtest-collect-error";

    /** What a console line about a failed collecting begins with. */
    public static final String CONSOLE_PREFIX = "vmtest: collect:";

    /** A console line that says that collecting begins. */
    public static final String COLLECTING = "vmtest: collecting";

    /** A console line that says that the data is on the disk. */
    public static final String COLLECTED = "vmtest: collected";

    private static final String PACK_UP = TextResource.beside(FirstBootSeed.class, "pack-up.sh");

    public FirstBootSeed {
        if (!nonce.matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException("not a nonce of letters, digits and dashes: " + nonce);
        }
        // Map.copyOf would lose the order, and with it the sameness of the document.
        bootCloudConfig = Collections.unmodifiableMap(new LinkedHashMap<>(bootCloudConfig));
        sshKeys = List.copyOf(sshKeys);
    }

    /**
     * Return the documents. They say nothing of the network: what the installer wrote for cloud-init counts, and where
     * it wrote nothing, what cloud-init then does by itself.
     */
    public NoCloudSeed seed() {
        Map<String, Object> base = new LinkedHashMap<>(Login.config());
        // The partitions are what the installer made; a growing one would hide a wrong size.
        base.put("growpart", Map.of("mode", "off"));
        // Making an RSA key takes ten seconds of an emulated boot, and nobody logs in with it.
        base.put("ssh_genkeytypes", List.of("ed25519"));
        base.putAll(power.config());
        CloudConfigArchive.Builder archive = CloudConfigArchive.builder().cloudConfig(base);
        if (!sshKeys.isEmpty()) {
            archive.cloudConfig(Login.authorizedKeys(sshKeys));
        }
        if (!bootCloudConfig.isEmpty()) {
            archive.cloudConfig(bootCloudConfig);
        }
        // cloud-init keeps the commands of 'runcmd' as a script of that name among these, and sorts them by name. What
        // they leave behind is to be collected, so ours come after it.
        archive.shellScript("vmtest-1-say", "#!/bin/sh\necho '" + COLLECTING + "' >/dev/console\n")
                .shellScript("vmtest-2-collect", collectProgram)
                .shellScript("vmtest-3-pack-up", packUp());
        return NoCloudSeed.of(instanceId, archive.build());
    }

    /**
     * Return the documents of a later boot of the same machine: its id is the first boot's, so cloud-init sets up
     * nothing anew, and only collects. What the first boot collected is removed before, so that no fact is an old one.
     */
    public NoCloudSeed seedOfALaterBoot() {
        CloudConfigArchive.Builder archive = CloudConfigArchive.builder()
                .scriptOfEachBoot(
                        "vmtest-1-say",
                        "#!/bin/sh\nrm -rf '" + COLLECT_DIRECTORY + "'\necho '" + COLLECTING + "' >/dev/console\n")
                .scriptOfEachBoot("vmtest-2-collect", collectProgram)
                .scriptOfEachBoot("vmtest-3-pack-up", packUp());
        power.command()
                .ifPresent(command -> archive.scriptOfEachBoot("vmtest-4-power", "#!/bin/sh\n" + command + "\n"));
        return NoCloudSeed.of(instanceId, archive.build());
    }

    /** Return the script that writes the disk. */
    String packUp() {
        return PACK_UP.replace("@nonce@", nonce)
                .replace("@nonce_file@", NONCE_FILE)
                .replace("@error_file@", ERROR_FILE)
                .replace("@console_prefix@", CONSOLE_PREFIX)
                .replace("@collected@", COLLECTED)
                .replace("@collect_directory@", COLLECT_DIRECTORY)
                .replace("@output_disk@", "/dev/disk/by-id/virtio-" + OUTPUT_DISK_SERIAL);
    }
}
