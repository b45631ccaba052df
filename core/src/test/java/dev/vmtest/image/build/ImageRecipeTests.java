package dev.vmtest.image.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.image.ImageVariant;
import dev.vmtest.release.DebianRelease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageRecipeTests {

    private static final AptSource MIRROR =
            new AptSource("http://mirror.example.invalid/debian", "bookworm", List.of("main"), null, Map.of());

    private static ImageRecipe recipe(DebianRelease release, ImageVariant variant, AptSource... sources) {
        return new ImageRecipe(release, "amd64", variant, List.of(sources));
    }

    @Test
    void hashesAllItsInputs() {
        String hash =
                recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC, MIRROR).inputs();

        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC, MIRROR).inputs())
                .isEqualTo(hash);
        assertThat(List.of(
                        recipe(DebianRelease.TRIXIE, ImageVariant.GENERIC, MIRROR)
                                .inputs(),
                        recipe(DebianRelease.BOOKWORM, ImageVariant.PLAIN, MIRROR)
                                .inputs(),
                        recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).inputs(),
                        recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC, MIRROR.withSuite("bookworm-updates"))
                                .inputs()))
                .doesNotContain(hash)
                .doesNotHaveDuplicates();
    }

    @Test
    void picksThePackagesOfARelease() {
        assertThat(recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).packages())
                .contains("cloud-init", "mdadm", "shim-signed", "reiserfsprogs")
                .doesNotContain("overlayroot", "systemd-cryptsetup")
                .allMatch(name -> name.matches("[a-z0-9][a-z0-9.+-]+"))
                .doesNotHaveDuplicates();
        assertThat(recipe(DebianRelease.TRIXIE, ImageVariant.GENERIC).packages())
                .contains("systemd-cryptsetup")
                .doesNotContain("reiserfsprogs");
        assertThat(recipe(DebianRelease.BOOKWORM, ImageVariant.PLAIN).packages())
                .contains("overlayroot");
    }

    @Test
    void aVariantOfARendererDiffersByWhatConfiguresTheNetwork() {
        List<String> usual =
                recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).packages();
        List<String> networkd =
                recipe(DebianRelease.BOOKWORM, ImageVariant.NETWORKD).packages();
        List<String> manager =
                recipe(DebianRelease.BOOKWORM, ImageVariant.NETWORK_MANAGER).packages();

        assertThat(usual)
                .contains("ifupdown", "ifenslave", "bridge-utils", "vlan", "net-tools", "resolvconf")
                .doesNotContain("netplan.io");
        assertThat(networkd)
                .contains("netplan.io", "systemd-resolved", "openvswitch-switch")
                .doesNotContain("ifupdown", "resolvconf");
        assertThat(manager)
                .contains("netplan.io", "network-manager", "systemd-resolved")
                .doesNotContain("ifupdown", "resolvconf");
        assertThat(networkd).containsAll(usual.stream().filter(common(usual)).toList());
        assertThat(Stream.of(ImageVariant.GENERIC, ImageVariant.NETWORKD, ImageVariant.NETWORK_MANAGER)
                        .map(variant ->
                                recipe(DebianRelease.BOOKWORM, variant, MIRROR).inputs()))
                .doesNotHaveDuplicates();
    }

    @Test
    void zfsComesFromContribAndChangesNoOtherVariant(@TempDir Path directory) throws Exception {
        ImageRecipe usual = recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC, MIRROR);
        ImageRecipe zfs = recipe(DebianRelease.BOOKWORM, ImageVariant.ZFS, MIRROR);

        assertThat(zfs.sources())
                .extracting(AptSource::line)
                .containsExactly("deb http://mirror.example.invalid/debian bookworm main contrib");
        assertThat(usual.sources()).containsExactly(MIRROR);
        assertThat(zfs.packages())
                .containsAll(usual.packages())
                .contains("zfs-dkms", "zfs-initramfs", "zfsutils-linux", "linux-headers-cloud-amd64");
        assertThat(usual.packages()).noneMatch(name -> name.contains("zfs") || name.contains("headers"));
        // All but the modules is made as usual.
        assertThat(zfs.customizedAs()).isEqualTo(usual.customizedAs()).isEqualTo("generic");
        assertThat(zfs.before()).containsExactly("zfs/build");
        assertThat(usual.before()).isEmpty();
        zfs.writeFiles(directory);
        assertThat(directory.resolve("zfs/build")).content().contains("Provides: zfs-modules");
        assertThat(zfs.inputs()).isNotEqualTo(usual.inputs());
    }

    @Test
    void aSourceThatHasAComponentIsNotGivenItTwice() {
        AptSource both = MIRROR.withComponent("contrib");

        assertThat(both.withComponent("contrib")).isEqualTo(both);
    }

    @Test
    void onlyTheVariantWithOpenVswitchHasItsTimeouts(@TempDir Path directory) throws Exception {
        ImageRecipe networkd = recipe(DebianRelease.BOOKWORM, ImageVariant.NETWORKD);
        networkd.writeFiles(directory);

        assertThat(networkd.ownFiles())
                .hasSize(1)
                .allSatisfy((file, inImage) ->
                        assertThat(directory.resolve(file)).content().contains("[Service]"));
        assertThat(recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).ownFiles())
                .isEmpty();
    }

    /** Accept what no list of a renderer names. */
    private static java.util.function.Predicate<String> common(List<String> usual) {
        List<String> ofRenderer =
                ImageRecipe.resource("packages-ifupdown").lines().toList();
        assertThat(usual).containsAll(ofRenderer.subList(1, ofRenderer.size()));
        return name -> !ofRenderer.contains(name);
    }

    /** A package has made /etc/resolv.conf a link to what a running system writes; the build still has to find names. */
    @Test
    void keepsTheResolverOfTheBuild(@TempDir Path directory) throws Exception {
        recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).writeFiles(directory.resolve("source"));
        Path root = directory.resolve("root");
        Files.createDirectories(root.resolve("usr/share"));
        Files.createDirectories(root.resolve("etc/dpkg/dpkg.cfg.d"));
        Files.writeString(root.resolve("etc/resolv.conf"), "nameserver 192.0.2.53\n");

        run("prepare", directory, root);

        assertThat(root.resolve("vmtest-resolv.conf")).hasContent("nameserver 192.0.2.53\n");
        assertThat(Files.readString(directory.resolve("source/customize")))
                .contains("cp /vmtest-resolv.conf /etc/resolv.conf", "ln -s \"$resolver\" /etc/resolv.conf");
    }

    @Test
    void writesEveryFileThatTheBuildScriptsName(@TempDir Path directory) throws Exception {
        recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).writeFiles(directory);

        assertThat(directory.resolve("initrd/init")).content().startsWith("#!/bin/busybox sh");
        assertThat(directory.resolve("trim/etc/cloud/cloud.cfg")).isNotEmptyFile();
        for (String script : List.of("initrd/build", "installed/build")) {
            java.util.regex.Pattern.compile("\\$source/([a-z/]+[a-z])")
                    .matcher(Files.readString(directory.resolve(script)))
                    .results()
                    .map(named -> named.group(1))
                    // The script makes this one.
                    .filter(named -> !named.equals("installed/initramfs/conf"))
                    .forEach(named -> assertThat(directory.resolve(named)).exists());
        }
    }

    @Test
    void tellsDpkgWhatStaysOutAndRemovesWhatHasCome(@TempDir Path directory) throws Exception {
        recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).writeFiles(directory.resolve("source"));
        Path root = directory.resolve("root");
        List<String> stay = List.of(
                "usr/share/doc/bash/copyright",
                "usr/share/locale/locale.alias",
                "usr/share/i18n/charmaps/UTF-8.gz",
                "usr/lib/x86_64-linux-gnu/gconv/UTF-16.so",
                "usr/lib/modules/6/kernel/drivers/hid/hid-generic.ko",
                "usr/bin/bash");
        List<String> go = List.of(
                "usr/share/doc/bash/changelog.gz",
                "usr/share/doc/bash/examples/a b",
                "usr/share/man/man1/bash.1.gz",
                "usr/share/locale/de/LC_MESSAGES/bash.mo",
                "usr/lib/x86_64-linux-gnu/gconv/BIG5.so",
                "usr/lib/modules/6/kernel/drivers/comedi/drivers/a.ko");
        for (String file : Stream.concat(stay.stream(), go.stream()).toList()) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), "");
        }
        Files.createSymbolicLink(root.resolve("usr/share/doc/bash-builtins"), Path.of("bash"));
        Files.createDirectories(root.resolve("etc/dpkg/dpkg.cfg.d"));

        run("prepare", directory, root);

        assertThat(stay).allSatisfy(file -> assertThat(root.resolve(file)).exists());
        assertThat(root.resolve("usr/share/doc/bash-builtins")).isSymbolicLink();
        assertThat(go).noneSatisfy(file -> assertThat(root.resolve(file)).exists());
        assertThat(root.resolve("usr/share/man/man1")).doesNotExist();
        assertThat(root.resolve("etc/dpkg/dpkg.cfg.d/vmtest-excluded"))
                .content()
                .contains("path-exclude=/usr/share/doc/*\npath-include=/usr/share/doc/*/copyright\n")
                .doesNotContain("#");
    }

    @Test
    void mergesUsrWithoutThePackageThatBringsPerl(@TempDir Path directory) throws Exception {
        recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).writeFiles(directory.resolve("source"));
        Path root = Files.createDirectory(directory.resolve("root"));

        Process merging = new ProcessBuilder(
                        "sh", directory.resolve("source/merged-usr").toString(), root.toString())
                .inheritIO()
                .start();

        assertThat(merging.waitFor()).isZero();
        assertThat(Files.readSymbolicLink(root.resolve("lib64"))).isEqualTo(Path.of("usr/lib64"));
        assertThat(root.resolve("bin")).isDirectory();
        assertThat(root.resolve("etc/apt/preferences.d/vmtest-merged-usr"))
                .content()
                .contains("Package: usrmerge\n");
        assertThat(recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).isMergedAhead())
                .isTrue();
        assertThat(recipe(DebianRelease.TRIXIE, ImageVariant.GENERIC).isMergedAhead())
                .isFalse();
    }

    private static void run(String script, Path directory, Path root) throws Exception {
        Process process = new ProcessBuilder(
                        "sh",
                        directory.resolve("source").resolve(script).toString(),
                        directory.resolve("source").toString(),
                        root.toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void leavesNoFileOfTheTargetImageOut(@TempDir Path directory) throws Exception {
        recipe(DebianRelease.BOOKWORM, ImageVariant.GENERIC).writeFiles(directory);
        Path source = Path.of("src/main/resources/dev/vmtest/image/build/installed");

        try (var files = Files.walk(source)) {
            assertThat(files.filter(Files::isRegularFile).map(source::relativize))
                    .isNotEmpty()
                    .allSatisfy(
                            file -> assertThat(directory.resolve("installed").resolve(file.toString()))
                                    .exists());
        }
    }
}
