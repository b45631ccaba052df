package dev.vmtest.check;

import dev.vmtest.facts.BlockDevice;
import dev.vmtest.facts.CryptMapping;
import dev.vmtest.facts.CrypttabEntry;
import dev.vmtest.facts.Facts;
import dev.vmtest.facts.LuksHeader;
import dev.vmtest.storage.DmCrypt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Check encryption: the header on the volume, the line of crypttab, the open mapping and its cipher. */
final class CryptChecks {

    /** What crypttab says where the configuration gives no options (curtin's documentation, "dm_crypt"). */
    private static final String DEFAULT_OPTION = "luks";

    /** With a key that is new at each boot, LUKS can't be meant; nothing but swap survives that. */
    private static final String DEFAULT_RANDOM_OPTION = "swap";

    private final Devices devices;

    CryptChecks(Devices devices) {
        this.devices = devices;
    }

    List<Check> of(DmCrypt crypt) {
        List<Check> checks = new ArrayList<>();
        String name = "dm_crypt " + crypt.id();
        boolean random = crypt.hasRandomKey();
        if (!random) {
            checks.add(
                    Check.of(name + ": LUKS header", crypt.origin().location("volume"), facts -> header(facts, crypt)));
            checks.addAll(format(name, crypt));
        }
        checks.add(
                Check.of(name + ": crypttab source", crypt.origin().location("volume"), facts -> source(facts, crypt)));
        checks.add(Check.of(
                name + ": crypttab key",
                crypt.origin().location(crypt.key() == null ? "keyfile" : "key"),
                facts -> key(facts, crypt)));
        checks.add(Check.of(
                name + ": crypttab options", crypt.origin().location("options"), facts -> options(facts, crypt)));
        if (!crypt.options().contains("noauto")) {
            checks.add(
                    Check.of(name + ": mapping", crypt.origin().location("dm_name"), facts -> mapping(facts, crypt)));
            if (!random) {
                checks.add(
                        Check.of(name + ": cipher", crypt.origin().location("dm_name"), facts -> cipher(facts, crypt)));
            }
        }
        return checks;
    }

    /** Return what the making of a header must have heeded; one that is kept stays what it was. */
    private List<Check> format(String name, DmCrypt crypt) {
        List<Check> checks = new ArrayList<>();
        String cipher = crypt.cipher();
        Integer size = crypt.keySize();
        if (cipher != null && !crypt.preserve()) {
            checks.add(Check.of(
                    name + ": LUKS cipher",
                    crypt.origin().location("cipher"),
                    facts -> askedCipher(find(facts, crypt), cipher)));
        }
        if (size != null && !crypt.preserve()) {
            checks.add(Check.of(
                    name + ": key size",
                    crypt.origin().location("keysize"),
                    facts -> Outcome.equal(
                            "the bits of the key", size, find(facts, crypt).keyBits())));
        }
        if (crypt.recoveryKeyFile() != null && !crypt.preserve()) {
            checks.add(Check.of(
                    name + ": recovery key",
                    crypt.origin().location("recovery_keyfile"),
                    facts -> recoveryKey(find(facts, crypt))));
        }
        return checks;
    }

    /** A cipher without its mode leaves that to cryptsetup. */
    private static Outcome askedCipher(LuksHeader header, String cipher) {
        boolean right = header.cipher().equals(cipher)
                || (!cipher.contains("-") && header.cipher().startsWith(cipher + "-"));
        return right
                ? Outcome.passed("the header's cipher is " + header.cipher())
                : PartitionChecks.text("the header's cipher", cipher, header.cipher());
    }

    private static Outcome recoveryKey(LuksHeader header) {
        return header.keySlots() > 1
                ? Outcome.passed(header.keySlots() + " keys open " + header.device())
                : Outcome.failed("a second key should open " + header.device() + " but " + header.keySlots()
                        + (header.keySlots() == 1 ? " key opens it" : " keys open it"));
    }

    private LuksHeader find(Facts facts, DmCrypt crypt) {
        String device = devices.find(facts, crypt.volume()).kernelName();
        return facts.stacks().luksHeaders().stream()
                .filter(header -> header.device().equals(device))
                .findFirst()
                .orElseThrow(() -> new AbsentException(
                        crypt.volume() + " (" + device + ") should have a LUKS header but has none"));
    }

    private Outcome header(Facts facts, DmCrypt crypt) {
        LuksHeader header = find(facts, crypt);
        return header.keySlots() > 0
                ? Outcome.passed(header.device() + " has a header of LUKS" + header.version() + ", " + header.keySlots()
                        + " keys")
                : Outcome.failed("no key opens the LUKS header of " + header.device());
    }

    private static CrypttabEntry entry(Facts facts, DmCrypt crypt) {
        List<CrypttabEntry> entries = facts.stacks().crypttab().stream()
                .filter(entry -> entry.name().equals(crypt.mappingName()))
                .toList();
        if (entries.size() != 1) {
            throw new AbsentException(
                    "crypttab should have one entry for " + crypt.mappingName() + " but has " + entries.size());
        }
        return entries.get(0);
    }

    private Outcome source(Facts facts, DmCrypt crypt) {
        CrypttabEntry entry = entry(facts, crypt);
        BlockDevice volume = devices.find(facts, crypt.volume());
        Optional<String> actual = FstabSpec.kernelName(facts, entry.source());
        if (actual.filter(volume.kernelName()::equals).isEmpty()) {
            return Outcome.failed("crypttab's " + entry.source() + " should mean " + volume.kernelName() + " but means "
                    + actual.orElse("no device"));
        }
        return entry.source().equals("/dev/" + volume.kernelName())
                ? Outcome.failed("crypttab names " + entry.source() + ", which may mean another device after each boot")
                : Outcome.passed("crypttab's " + entry.source() + " means " + volume.kernelName());
    }

    /** A key that the configuration holds must not be kept beside the lock; a key file may be. */
    private static Outcome key(Facts facts, DmCrypt crypt) {
        String actual = entry(facts, crypt).keyFile();
        String file = crypt.keyFile();
        boolean asked = actual.equals("none") || actual.equals("-");
        if (file != null && crypt.hasRandomKey()) {
            return Outcome.equal("crypttab's key file", file, actual);
        }
        return asked || actual.equals(file)
                ? Outcome.passed("crypttab's key file is " + actual)
                : Outcome.failed("crypttab's key file should be none" + (file == null ? "" : " or " + file) + " but is "
                        + actual);
    }

    private static Outcome options(Facts facts, DmCrypt crypt) {
        List<String> missing = new ArrayList<>(crypt.options());
        if (missing.isEmpty()) {
            missing.add(crypt.hasRandomKey() ? DEFAULT_RANDOM_OPTION : DEFAULT_OPTION);
        }
        List<String> actual = entry(facts, crypt).options();
        missing.removeAll(actual);
        return missing.isEmpty()
                ? Outcome.passed("crypttab's options are " + actual)
                : Outcome.failed("crypttab's options should have " + missing + " but are " + actual);
    }

    private static CryptMapping open(Facts facts, DmCrypt crypt) {
        return facts.stacks().cryptMappings().stream()
                .filter(mapping -> mapping.name().equals(crypt.mappingName()))
                .findFirst()
                .orElseThrow(() -> new AbsentException("the mapping " + crypt.mappingName() + " is not open"));
    }

    private Outcome mapping(Facts facts, DmCrypt crypt) {
        BlockDevice volume = devices.find(facts, crypt.volume());
        String actual = open(facts, crypt).deviceNumber();
        String found = facts.devices().stream()
                .filter(device -> device.deviceNumber().equals(actual))
                .map(BlockDevice::kernelName)
                .findFirst()
                .orElse(actual);
        return PartitionChecks.text("the device below " + crypt.mappingName(), volume.kernelName(), found);
    }

    private Outcome cipher(Facts facts, DmCrypt crypt) {
        String actual = open(facts, crypt).cipher();
        return PartitionChecks.text("the mapping's cipher", find(facts, crypt).cipher(), actual);
    }
}
