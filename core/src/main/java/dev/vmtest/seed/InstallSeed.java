package dev.vmtest.seed;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Describe what the install environment is told: run the installer's payload, then power off.
 *
 * @param instanceId an id never used before
 * @param payload the script that installs
 * @param power what happens after the payload
 * @param aptProxy the URL of an apt proxy, or null for none
 * @param sshKeys public keys that may log in
 */
public record InstallSeed(
        String instanceId,
        String payload,
        Power power,
        @Nullable String aptProxy,
        List<String> sshKeys) {

    public InstallSeed {
        sshKeys = List.copyOf(sshKeys);
    }

    /** Return the documents, in the order of parts that the Python harness's {@code launch} has. */
    public NoCloudSeed seed() {
        CloudConfigArchive.Builder archive = CloudConfigArchive.builder()
                .cloudConfig(Login.config())
                .cloudConfig(Map.of("output", Map.of("all", "| tee -a /var/log/cloud-init-output.log")))
                .shellScript(payload);
        archive.cloudConfig(power.config());
        if (aptProxy != null) {
            archive.cloudConfig(Map.of("apt_proxy", aptProxy));
        }
        if (!sshKeys.isEmpty()) {
            archive.cloudConfig(Login.authorizedKeys(sshKeys));
        }
        return NoCloudSeed.of(instanceId, archive.build());
    }
}
