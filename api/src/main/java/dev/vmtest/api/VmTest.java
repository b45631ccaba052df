package dev.vmtest.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Make a class a virtual machine test: its configuration is installed on empty disks, the result is
 * booted and questioned, and the class's {@code @Test} methods get the collected facts.
 *
 * <pre>{@code
 * @VmTest(config = "basic.yaml", extraDisks = {"15G", "20G", "25G"})
 * final class BasicTest {
 *
 *     @Test
 *     void bootsFromTheFirstDisk(Facts facts) {
 *         assertThat(facts.commandLine()).anyMatch(word -> word.startsWith("root=UUID="));
 *     }
 * }
 * }</pre>
 *
 * <p>The class runs once for each release. The checks that follow from its configuration are held without a line of
 * test code; when some do not hold, the class fails after its own methods have run, so that one wrong fact hides no
 * other.
 *
 * <p>The elements carry the names of the class variables of the Python harness. What is left at its default is
 * inferred from the configuration: a disk for each {@code disk} action, with a size that fits, its
 * serial or wwn; network interfaces from the network section; UEFI when the layout needs it.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(VmTestContexts.class)
@Tag("vm")
public @interface VmTest {

    /** Name the configuration: a file in {@code examples/tests}, or a path from the working directory. */
    String config();

    /**
     * List the releases that the class runs for, such as {@code jammy}, {@code jammy-hwe} or {@code
     * centos70-from-bionic} ({@code vmtest releases} shows all). Empty is for any: the class then runs on those that the
     * command line asks for, and otherwise on those whose images are built here.
     */
    String[] releases() default {};

    /** Install this release from an install environment of another; empty is the same ({@code target_release}). */
    String targetRelease() default "";

    /**
     * Install this file of the target's image: squashfs, root-tgz or root-image.xz ({@code target_ftype}). A
     * squashfs of the install environment's own release is not fetched, but copied from it.
     */
    String targetFileType() default "squashfs";

    /** Install this kernel package instead of the release's usual one ({@code target_kernel_package}). */
    String targetKernelPackage() default "";

    /**
     * Install a system whose network this renderer configures: ifupdown, networkd or network-manager; empty is what the
     * configuration says, or else the release's usual one.
     */
    String renderer() default "";

    /** Run on these releases even if their support has ended ({@code supported_releases}). */
    String[] supportedReleases() default {};

    /** Boot with UEFI firmware even if the configuration does not say so ({@code uefi}). */
    boolean uefi() default false;

    /** Give the machine this many virtual CPUs ({@code nr_cpus}); 0 is one, or two where the run leaves a processor idle. */
    int cpus() default 0;

    /** Give the machine this much memory in MiB; 0 leaves the default ({@code mem}). */
    int memory() default 0;

    /** List the sizes of the disks after the first, in the order of their serials ({@code extra_disks}). */
    String[] extraDisks() default {};

    /** List the sizes of the NVMe disks, in the order of their serials ({@code nvme_disks}). */
    String[] nvmeDisks() default {};

    /** Name the device of the first and the extra disks: virtio-blk, scsi-hd or nvme ({@code disk_driver}). */
    String diskDriver() default "";

    /** Set the logical and physical block size of every disk, in bytes; 0 leaves the default ({@code disk_block_size}). */
    int diskBlockSize() default 0;

    /** Attach every disk by this many paths ({@code multipath_num_paths}). */
    int multipathPaths() default 1;

    /**
     * Put neighbours, servers and partners at the other end of the network of the first boot, as the configuration's
     * network section asks for them; without it, each network interface is on QEMU's user network.
     */
    boolean networkPeer() default false;

    /** Add arguments to the kernel command line of the install boot ({@code extra_kern_args}). */
    String[] extraKernelArguments() default {};

    /** End the install after this many seconds, before scaling; 0 leaves the default ({@code install_timeout}). */
    int installTimeout() default 0;

    /** End the first boot after this many seconds, before scaling; 0 leaves the default ({@code boot_timeout}). */
    int bootTimeout() default 0;

    /** Add cloud-config to the first boot of the installed system ({@code boot_cloudconf}). */
    String bootCloudConfig() default "";

    /** Run more shell on the installed system; its directory is what is collected ({@code extra_collect_scripts}). */
    String[] extraCollectScripts() default {};

    /** Skip the class where the host has one of these architectures ({@code arch_skip}). */
    String[] archSkip() default {};

    /** Replace tokens in the text of the configuration before it is read ({@code conf_replace}). */
    Replacement[] replace() default {};

    /** Replace one token. */
    @interface Replacement {

        /** Name the token, such as {@code __ROOTFS_FORMAT__}. */
        String token();

        /** Give the text that stands in its place. */
        String with();
    }
}
