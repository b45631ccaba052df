package dev.vmtest.machine.qemu;

import dev.vmtest.files.NewFile;
import dev.vmtest.machine.Accelerator;
import dev.vmtest.machine.MachineException;
import dev.vmtest.text.PlainTrouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Remember which accelerator works. A file that can't be read, or that is about other circumstances,
 * counts as none: the probe is cheap.
 *
 * @param file where
 */
record AcceleratorCache(Path file) {

    private static final Logger LOG = LoggerFactory.getLogger(AcceleratorCache.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path CPUS = Path.of("/proc/cpuinfo");

    /**
     * Name the circumstances that an answer holds for.
     *
     * @throws MachineException when they can't be found out
     */
    String key(String qemuVersion, Path kernel) throws MachineException {
        try {
            String model = Files.readAllLines(CPUS, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .orElse("unknown CPU");
            return String.join(
                    " | ",
                    Files.readString(BOOT_ID).strip(),
                    qemuVersion,
                    model.substring(model.indexOf(':') + 1).strip(),
                    kernel.toRealPath().toString(),
                    Long.toString(Files.size(kernel)),
                    Files.getLastModifiedTime(kernel).toString());
        } catch (IOException failure) {
            throw new MachineException("cannot look at the host and the kernel " + kernel, failure);
        }
    }

    /** Return what is remembered for these circumstances. */
    Optional<Accelerator> read(String key) {
        try {
            JsonNode entry = JSON.readTree(Files.readString(file));
            if (!entry.path("key").asString("").equals(key)) {
                return Optional.empty();
            }
            String reason = entry.path("reason").asString("");
            String name = entry.path("name").asString("");
            if (reason.isEmpty()) {
                return Optional.empty();
            }
            if (name.equals(Accelerator.Name.KVM.text())) {
                return Optional.of(Accelerator.kvm(reason));
            }
            return name.equals(Accelerator.Name.TCG.text()) ? Optional.of(Accelerator.tcg(reason)) : Optional.empty();
        } catch (IOException | JacksonException unusable) {
            LOG.debug("no remembered accelerator: {}", unusable.getMessage());
            return Optional.empty();
        }
    }

    /** Remember an answer; when that fails, the next run probes again. */
    void write(String key, Accelerator answer) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("key", key);
        entry.put("name", answer.name().text());
        entry.put("reason", answer.reason());
        try {
            Path directory = Files.createDirectories(file.toAbsolutePath().getParent());
            Path temporary = Files.createTempFile(directory, "accelerator", ".json");
            try {
                NewFile.write(temporary, JSON.writeValueAsString(entry));
                // A reader sees the old answer or the new one, never half of one.
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException failure) {
            LOG.warn("the accelerator's probe cannot be remembered: {}", PlainTrouble.of(failure));
        }
    }
}
