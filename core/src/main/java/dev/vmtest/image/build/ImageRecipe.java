package dev.vmtest.image.build;

import dev.vmtest.digest.Sha256;
import dev.vmtest.files.NewFile;
import dev.vmtest.image.ImageIdentity;
import dev.vmtest.image.ImageVariant;
import dev.vmtest.release.DebianRelease;
import dev.vmtest.text.TextResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Say what an image is made from: release, packages, sources, and the files that this class knows by name.
 *
 * <p>{@link #inputs()} is a hash over all of these, so over everything that we decide. The archive's state is not among
 * them: an image is not built anew because a mirror has a newer package, only because it is asked for (force). Which
 * versions went in, the image's {@code manifest} says.
 */
final class ImageRecipe {

    /** Raise when the way of building changes in a way that no file or package list shows. */
    private static final int REVISION = 2;

    /** The script that merges {@code /usr} in an empty root. */
    static final String MERGED_USR = "merged-usr";

    /** The script that prepares a root once the essential packages have been extracted. */
    static final String PREPARE = "prepare";

    private static final String PACKAGES = "packages";
    /** The files that go into the root while it is built, relative to this package's resources. */
    private static final List<String> FILES = List.of(
            "customize",
            "excluded",
            MERGED_USR,
            PREPARE,
            "initrd/build",
            "initrd/init",
            "initrd/masks",
            "initrd/modules",
            "initrd/udhcpc",
            "initrd/unwanted",
            "installed/build",
            "installed/disabled",
            "installed/initramfs/hooks/storage",
            "installed/initramfs/initramfs.conf",
            "installed/initramfs/scripts/init-bottom/storage",
            "installed/initramfs/scripts/init-top/storage",
            "installed/masked",
            "installed/root/etc/cloud/cloud.cfg.d/20_vmtest.cfg",
            "installed/root/etc/default/grub.d/10-vmtest.cfg",
            "installed/root/etc/systemd/system/multipathd.service.d/vmtest.conf",
            "installed/root/etc/systemd/system/multipathd.socket.d/vmtest.conf",
            "installed/root/etc/systemd/system/networking.service.d/vmtest.conf",
            "installed/root/etc/systemd/system/systemd-udev-trigger.service.d/vmtest.conf",
            "installed/root/etc/systemd/system.conf.d/vmtest.conf",
            "installed/stages/etc/systemd/system/cloud-config.service.d/vmtest.conf",
            "installed/stages/etc/systemd/system/cloud-final.service.d/vmtest.conf",
            "installed/stages/etc/systemd/system/cloud-init-local.service.d/vmtest.conf",
            "installed/stages/etc/systemd/system/cloud-init-main.service",
            "installed/stages/etc/systemd/system/cloud-init.service.d/vmtest.conf",
            "installed/stages/usr/lib/vmtest/cloud-init-stage",
            "installed/stages/usr/lib/vmtest/cloud-init-stages",
            "trim/etc/cloud/cloud.cfg",
            "trim/etc/hostname",
            "trim/etc/hosts",
            "trim/etc/systemd/system/systemd-udev-trigger.service.d/vmtest.conf",
            "trim/etc/systemd/system/vmtest-cloud-init.service",
            "trim/etc/systemd/system/vmtest-install.target",
            "trim/etc/systemd/system/vmtest-ready.service",
            "trim/usr/lib/vmtest/agent.py",
            "trim/usr/lib/vmtest/cloud-init-stages");

    /** Where files of ours lie in the roots of a variant alone, by their names among this package's resources. */
    private static final Map<String, String> FOR_NETWORKD =
            Map.of("networkd/netplan-ovs.conf", "/etc/systemd/system/netplan-ovs-.service.d/vmtest.conf");

    /** The script that makes the modules of ZFS before the root is customized, and leaves no compiler behind. */
    static final String ZFS_BUILD = "zfs/build";

    private final DebianRelease release;
    private final String arch;
    private final ImageVariant variant;
    private final List<AptSource> sources;

    ImageRecipe(DebianRelease release, String arch, ImageVariant variant, List<AptSource> sources) {
        this.release = release;
        this.arch = arch;
        this.variant = variant;
        this.sources =
                sources.stream().map(source -> withComponents(source, variant)).toList();
    }

    /** ZFS is in Debian's component for what is free itself and needs something that is not, or, as here, cannot be linked. */
    private static AptSource withComponents(AptSource source, ImageVariant variant) {
        return switch (variant) {
            case GENERIC, NETWORKD, NETWORK_MANAGER, PLAIN -> source;
            case ZFS -> source.withComponent("contrib");
        };
    }

    DebianRelease release() {
        return release;
    }

    String arch() {
        return arch;
    }

    ImageVariant variant() {
        return variant;
    }

    List<AptSource> sources() {
        return sources;
    }

    /** Return the packages of this release and variant, in the list's order. */
    List<String> packages() {
        List<String> packages = new ArrayList<>();
        String network = variant.renderer().text();
        String zfs = variant == ImageVariant.ZFS ? resource(PACKAGES + "-" + variant.subarch()) : "";
        for (String raw : (resource(PACKAGES) + resource(PACKAGES + "-" + network) + zfs)
                .lines()
                .toList()) {
            String line = raw.replaceFirst("#.*", "").strip();
            int equals = line.indexOf('=');
            if (equals < 0
                    ? !line.isEmpty()
                    : Set.of(line.substring(equals + 1).split(",")).contains(release.codename())) {
                packages.add(equals < 0 ? line : line.substring(0, equals));
            }
        }
        switch (variant) {
            case GENERIC, NETWORKD, NETWORK_MANAGER, ZFS -> {}
            case PLAIN -> packages.add("overlayroot");
        }
        return packages;
    }

    /** Return what only this variant's root has: the name of each file that is written, and where it lies in the root. */
    Map<String, String> ownFiles() {
        return switch (variant) {
            case GENERIC, PLAIN, NETWORK_MANAGER, ZFS -> Map.of();
            case NETWORKD -> FOR_NETWORKD;
        };
    }

    private List<String> files() {
        Stream<String> own = ownFiles().keySet().stream().sorted();
        return Stream.of(FILES.stream(), own, before().stream())
                .flatMap(files -> files)
                .toList();
    }

    /** Return the scripts that run in the root before it is customized. */
    List<String> before() {
        return variant == ImageVariant.ZFS ? List.of(ZFS_BUILD) : List.of();
    }

    /** Return the name by which the program {@code customize} knows how the root is made. */
    String customizedAs() {
        return switch (variant) {
            case GENERIC, NETWORKD, NETWORK_MANAGER, PLAIN -> variant.subarch();
            case ZFS -> ImageVariant.GENERIC.subarch();
        };
    }

    /** Say whether {@code /usr} is merged before there is a package: whether the package that says so is among ours. */
    boolean isMergedAhead() {
        return packages().contains("usr-is-merged");
    }

    /** Return mksquashfs's options for the root's compression. */
    List<String> squashfsOptions() {
        return switch (variant) {
            // Under emulation, unpacking costs far more than reading; on the host, room is cheap.
            case GENERIC, NETWORKD, NETWORK_MANAGER, ZFS -> List.of("-noI", "-noD", "-noF", "-noX");
            case PLAIN -> List.of("-comp", "zstd");
        };
    }

    /** Return what the index says of an image that is made from this. */
    ImageIdentity identity() {
        return new ImageIdentity(release.codename(), arch, variant.subarch(), inputs());
    }

    /** Return the hash over everything that this recipe says. */
    String inputs() {
        StringBuilder all = new StringBuilder();
        add(all, "revision", Integer.toString(REVISION));
        add(all, "release", release.codename());
        add(all, "arch", arch);
        add(all, "variant", variant.subarch());
        add(all, "packages", String.join("\n", packages()));
        add(all, "squashfs", String.join("\n", squashfsOptions()));
        sources.forEach(source -> add(all, "source", source.line()));
        files().forEach(name -> add(all, name, resource(name)));
        return Sha256.of(all.toString());
    }

    /** Lengths keep two different lists of parts from reading the same. */
    private static void add(StringBuilder all, String name, String value) {
        all.append(name)
                .append(' ')
                .append(value.length())
                .append('\n')
                .append(value)
                .append('\n');
    }

    /** Write the files of this recipe below a directory. */
    void writeFiles(Path directory) throws IOException {
        for (String name : files()) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            NewFile.write(file, resource(name).getBytes(StandardCharsets.UTF_8), NewFile.Readers.BY_UMASK);
        }
    }

    static String resource(String name) {
        return TextResource.beside(ImageRecipe.class, name);
    }
}
