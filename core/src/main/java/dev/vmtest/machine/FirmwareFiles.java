package dev.vmtest.machine;

import dev.vmtest.release.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Locate the two files of a split UEFI firmware: its code, shared and read-only, and the template of
 * a machine's own variable store.
 *
 * @param code the firmware's code
 * @param variables the empty variable store to copy for each machine
 */
public record FirmwareFiles(Path code, Path variables) {

    /**
     * Where Debian's and Ubuntu's {@code ovmf} puts them. The 4 MB variants come first: the 2 MB ones
     * are gone from newer releases. The two sizes don't mix.
     */
    private static final List<FirmwareFiles> AMD64 = List.of(
            new FirmwareFiles(Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd"), Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd")),
            new FirmwareFiles(Path.of("/usr/share/OVMF/OVMF_CODE.fd"), Path.of("/usr/share/OVMF/OVMF_VARS.fd")));

    /** Where Debian's and Ubuntu's {@code qemu-efi-aarch64} puts them. */
    private static final List<FirmwareFiles> ARM64 = List.of(
            new FirmwareFiles(Path.of("/usr/share/AAVMF/AAVMF_CODE.fd"), Path.of("/usr/share/AAVMF/AAVMF_VARS.fd")));

    /**
     * Find the UEFI firmware that this host has installed for machines of its own architecture.
     *
     * @throws MachineException when there is none
     */
    public static FirmwareFiles find() throws MachineException {
        return find(Architecture.host());
    }

    /**
     * Find the UEFI firmware that this host has installed for machines of an architecture.
     *
     * @throws MachineException when there is none
     */
    public static FirmwareFiles find(Architecture architecture) throws MachineException {
        return switch (architecture) {
            case AMD64 -> find(AMD64, "ovmf");
            case ARM64 -> find(ARM64, "qemu-efi-aarch64");
            case I386, PPC64EL, S390X ->
                throw new MachineException("machines of " + architecture.debianName() + " have no UEFI firmware");
        };
    }

    static FirmwareFiles find(List<FirmwareFiles> candidates, String debianPackage) throws MachineException {
        for (FirmwareFiles candidate : candidates) {
            if (Files.isReadable(candidate.code) && Files.isReadable(candidate.variables)) {
                return candidate;
            }
        }
        throw new MachineException("no UEFI firmware found: looked for "
                + String.join(
                        ", ",
                        candidates.stream().map(each -> each.code.toString()).toList())
                + "; install it with: apt-get install " + debianPackage);
    }

    /**
     * Give a machine its own empty variable store, unless it has one.
     *
     * @param target the store's file; an existing one is left as it is, for it holds what an install wrote
     * @throws MachineException when it can't be written
     */
    public void createVariables(Path target) throws MachineException {
        if (Files.exists(target)) {
            return;
        }
        try {
            Files.copy(variables, target);
        } catch (IOException failure) {
            throw new MachineException("cannot create the UEFI variable store " + target, failure);
        }
    }
}
