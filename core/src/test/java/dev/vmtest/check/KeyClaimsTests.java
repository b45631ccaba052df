package dev.vmtest.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.check.KeyClaim.Standing;
import dev.vmtest.config.AskedKeys;
import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.KeyShape;
import dev.vmtest.config.ListValue;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import dev.vmtest.config.Value;
import dev.vmtest.facts.BootMode;
import dev.vmtest.facts.Distribution;
import dev.vmtest.installconfig.InstallConfig;
import dev.vmtest.installconfig.Remark;
import dev.vmtest.text.TextResource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests for {@link KeyClaims}: the readers know no key of which nobody says who judges it. */
class KeyClaimsTests {

    private static final Set<String> WITH_CHECKS_OF_THEIR_OWN = Set.of("storage", "network");

    private static final int UNCLAIMED_KEYS = 7;

    private final AskedKeys asked = new AskedKeys();
    private final Problems problems = new Problems(asked);
    private final MapValue root = everyKey();
    private final InstallConfig config = InstallConfig.read(root, problems);

    @Test
    void everyKeyThatAReaderKnowsHasARow() {
        assertThat(problems.all()).isEmpty();
        assertThat(knownKeys())
                .hasSizeGreaterThan(80)
                .allSatisfy(key -> assertThat(isSpokenOf(key)).as(key).isTrue());
    }

    /** Whoever makes a check of a key, or says why it has no effect, makes this smaller; it must not become larger. */
    @Test
    void whatIsAcceptedAndJudgedByNobodyBecomesLess() {
        Set<String> known = knownKeys();
        List<String> unclaimed = known.stream()
                .filter(key -> known.stream().noneMatch(other -> other.startsWith(key + ".")))
                .filter(key -> KeyClaims.of(steps(key), claim -> true)
                        .map(claim -> claim.standing() == Standing.NOT_JUDGED)
                        .orElse(!isSpokenOf(key)))
                .sorted()
                .toList();
        assertThat(unclaimed).hasSize(UNCLAIMED_KEYS);
    }

    @Test
    void everyRowSpeaksOfAKeyThatAReaderKnows() {
        Set<String> known = new HashSet<>(asked.paths(root));
        // The two names of the section are read alike, and only one of them may stand in a file.
        known.addAll(known.stream()
                .filter(key -> key.startsWith("grub."))
                .map(key -> key.replace("grub.", "boot."))
                .toList());
        // The older form of mirrors may not stand beside the newer one.
        known.addAll(List.of("apt_mirrors.ubuntu_archive", "apt_mirrors.ubuntu_security"));
        for (KeyClaim claim : KeyClaims.ALL) {
            assertThat(claim.paths())
                    .allSatisfy(path -> assertThat(known)
                            .as(path)
                            .anyMatch(key -> KeyPattern.of(path).isAt(steps(key))));
        }
    }

    @Test
    void everyKeyWithKeysBelowItIsThereSoThatThoseAreKnown() {
        List<String> empty = new ArrayList<>();
        collectEmpty(root, "", empty);
        assertThat(empty).isEmpty();
    }

    @Test
    void aRowThatNamesAChecksNameHasSuchACheck() {
        Target target = new Target(BootMode.BIOS, Distribution.DEBIAN);
        List<Check> derived = DerivedChecks.derive(config, target);
        Stream<String> others = Stream.concat(
                        DefaultChecks.list(target, InstallRecord.NONE, "linux-image-amd64", Set.of()).stream(),
                        DerivedChecks.ofInstall(config, target, InstallRecord.NONE).stream())
                .map(Check::name);
        Set<String> names =
                Stream.concat(derived.stream().map(Check::name), others).collect(Collectors.toSet());
        for (KeyClaim claim : KeyClaims.ALL) {
            if (claim.standing() == Standing.CHECKED || claim.standing() == Standing.CHECKED_WITHIN) {
                assertThat(names).as(claim.paths().toString()).anyMatch(name -> name.startsWith(claim.why()));
            }
        }
    }

    @Test
    void whatNobodyJudgesIsSaidWithThePlaceOfItsKey() {
        assertThat(notJudged("""
                network: {version: 1, config: [{type: physical, name: ens3}]}
                grub:
                  terminals: [rescue]
                  install_devices: []
                debconf_selections: {a: p q string x}
                power_state: {mode: poweroff}
                early_commands: {a: [touch, /x]}
                late_commands: {a: [touch, /x], b: [touch, /y]}
                """))
                .containsExactly("mine.yaml:3:3: not judged: grub.terminals: how the boot loader is set up");
    }

    @Test
    void whatIsEmptyAsksForNothing() {
        assertThat(notJudged("{mine_commands: {}, apt: null, debconf_selections: {}}"))
                .isEmpty();
    }

    @Test
    void ownStagesPlaceholdersAndHomesOfAnchorsAreNotSaid() {
        assertThat(notJudged("""
                stages: [early, mine]
                mine_commands: {a: [touch, /x]}
                _note: text
                files: &files {a: {path: /etc/a, content: b}}
                write_files: *files
                """)).isEmpty();
    }

    @Test
    void theInstallersOwnWorkIsJudgedByItsResultAndOtherCommandsByTheirEvents() {
        assertThat(notJudged("partitioning_commands: {builtin: [curtin, block-meta, simple]}"))
                .isEmpty();
        assertThat(notJudged("partitioning_commands: {builtin: [sh, -c, 'mine']}"))
                .isEmpty();
    }

    @Test
    void bootDevicesThatNoDiskActionNamesAreNotJudged() {
        String storage = """
                storage: {version: 1, config: [{id: a, type: disk, path: /dev/vda, wipe: superblock, ptable: gpt}]}
                """;
        assertThat(notJudged(storage + "grub: {install_devices: [/dev/vda]}")).isEmpty();
        assertThat(notJudged(storage + "grub: {install_devices: [/dev/vdb]}"))
                .singleElement()
                .asString()
                .contains("not judged: grub.install_devices");
    }

    @Test
    void aSourceThatIsTheRunningSystemAsksForNothingAndAnotherIsItsAuthors() {
        assertThat(notJudged("sources: {a: {type: cp, uri: 'cp:///media/root-ro'}}"))
                .isEmpty();
        assertThat(notJudged("sources: {a: {type: cp, uri: 'cp:///srv/root'}}"))
                .containsExactly(
                        "mine.yaml:1:1: not judged: sources: which files the source has, because only its author"
                                + " knows");
    }

    @Test
    void manyKeysAreOneLine() {
        String many = Stream.iterate(0, number -> number + 1)
                .limit(100)
                .map(number -> "a" + number + ": [touch, /etc/x" + number + "]")
                .collect(Collectors.joining(", ", "vmtest: {boot_cloudconf: {", "}}"));
        assertThat(notJudged(many)).hasSize(1);
    }

    @Test
    void aKeyWithoutARowIsNotPassedOverInSilence() {
        MapValue unknown =
                ConfigFiles.parse("mine.yaml", "{new_section: {a: b}, kernel: {newest: true}}", new Problems());
        assertThat(UnjudgedKeys.of(config, unknown))
                .extracting(Remark::toString)
                .containsExactly(
                        "mine.yaml:1:2: not judged: new_section: nothing says who judges it",
                        "mine.yaml:1:32: not judged: kernel.newest: nothing says who judges it");
    }

    private static List<String> notJudged(String yaml) {
        Problems problems = new Problems();
        MapValue root = ConfigFiles.parse("mine.yaml", yaml, problems);
        return UnjudgedKeys.of(InstallConfig.read(root, problems), root).stream()
                .map(Remark::toString)
                .toList();
    }

    private Set<String> knownKeys() {
        return asked.paths(root).stream()
                .filter(key -> !WITH_CHECKS_OF_THEIR_OWN.contains(steps(key).get(0)) || !key.contains("."))
                .collect(Collectors.toSet());
    }

    /** A section needs no row of its own where its keys have theirs. */
    private static boolean isSpokenOf(String key) {
        boolean hasRowsBelow = KeyClaims.ALL.stream()
                .flatMap(claim -> claim.paths().stream())
                .anyMatch(path -> KeyPattern.of(path).isBelow(steps(key)));
        return hasRowsBelow || KeyClaims.of(steps(key), claim -> true).isPresent();
    }

    private void collectEmpty(Value value, String path, List<String> empty) {
        if (value instanceof MapValue map) {
            asked.of(map).forEach((key, shapes) -> {
                boolean hasKeys = shapes.contains(new KeyShape.Mapping()) || shapes.contains(new KeyShape.Mappings());
                Set<String> otherNames = Set.of("boot", "apt_mirrors");
                if (hasKeys && map.get(key) == null && !otherNames.contains(key)) {
                    empty.add(path + key);
                }
            });
            map.entries().forEach((key, entry) -> {
                if (!WITH_CHECKS_OF_THEIR_OWN.contains(path + key)) {
                    collectEmpty(entry.value(), path + key + ".", empty);
                }
            });
        } else if (value instanceof ListValue list) {
            list.items().forEach(item -> collectEmpty(item, path + "*.", empty));
        }
    }

    private static List<String> steps(String key) {
        return List.of(key.split("\\.", -1));
    }

    private static MapValue everyKey() {
        return ConfigFiles.parse(
                "every-section.yaml", TextResource.beside(InstallConfig.class, "every-section.yaml"), new Problems());
    }
}
