package dev.vmtest.installconfig;

import dev.vmtest.apt.OwnRepository;
import dev.vmtest.config.Location;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Placed;
import dev.vmtest.release.Renderer;
import dev.vmtest.release.SourceKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hold the {@code vmtest} key: what a test needs to know that an installer doesn't. It is ours; it
 * is taken out before an installer sees the configuration.
 *
 * <pre>{@code
 * vmtest:
 *   release: bookworm            # the release to install; the command line wins
 *   supported_releases: [focal]  # run on these even if their support has ended
 *   target_kernel_package: linux-image-amd64   # the kernel that is installed
 *   source: dd-raw               # as what the system is handed to the installer; without it as a copy of the image's
 *   renderer: networkd           # what configures the installed system's network: ifupdown, networkd, network-manager
 *   cpus: 1                      # without it one, or two where the run leaves a processor idle
 *   memory: 2G                   # a plain number is MiB, as in CURTIN_VMTEST_VMRAM
 *   firmware: uefi               # bios or uefi; inferred from the layout if absent
 *   disk_driver: virtio-blk      # for every disk: virtio-blk, scsi-hd or nvme
 *   block_size: 512              # logical block size of every disk: 512 or 4096
 *   disks:                       # by id, serial or wwn of a disk action; otherwise a further disk
 *     - {id: sda, size: 20G, driver: scsi-hd, block_size: 4096, paths: 2}
 *     - {serial: spare, size: 4G}
 *     - {id: far, size: 5G, auth: 'user:passw0rd', iauth: 'iuser:ipassw0rd'}   # iscsi:__RFC4173__
 *   nics:                        # instead of those of the network section
 *     - '52:54:00:12:34:01'
 *     - {mac: '52:54:00:12:34:02', bridge: br0}
 *   network_peer: true           # somebody answers at the other end of the network, at the first boot
 *   timeouts: {install: 3000, boot: 300}   # seconds, before scaling by the accelerator
 *   kernel_arguments: console=ttyS1        # added to the install kernel's command line
 *   second_boot: true            # boot what was installed twice, and hold the checks after each
 *   collect_scripts:             # shell, run on each boot in the collect directory
 *     - cp /etc/hostname .
 *   kept_files:                  # on preserved file systems since before the install: path and content
 *     /srv/existing: "the old content\n"
 *   boot_cloudconf:              # a cloud-config for the installed system's first boot
 *     runcmd: [[touch, /root/booted]]
 *   expect:                      # of the installed system, beside what the other sections ask for
 *     hostname: box
 *     timezone: Europe/London
 *     packages: [git]
 *     users:
 *       - {name: someone, groups: [sudo], password: $6$…, authorized_keys: [ssh-ed25519 AAAA…]}
 *   # … or, of an install that is meant to fail, how it does:
 *   # expect: {install_failed: {stage: late, console: 'E: Unable to locate package'}}
 *   repository:                  # made and signed by the run, at PUBURL/archive and PUBURL/security
 *     packages: {vmtest-proof: '1.0'}
 *   not_judged:                  # said in the result, each with its place
 *     - the logs of the first boot
 * }</pre>
 *
 * @param location where the section begins, or where the configuration begins if there is none
 * @param targetKernelPackage the package of the kernel that is installed, or null for the usual one
 * @param source as what kind of source the system is handed to the installer, or null for what is usual
 * @param renderer what configures the network of the installed system, or null for what is usual
 * @param memory MiB, or null
 * @param uefi the firmware that is asked for, or null to infer it
 * @param networkPeer whether somebody is at the other end of the network at the first boot, or null
 * @param installTimeout seconds, or null
 * @param bootTimeout seconds, or null
 * @param secondBoot whether what was installed is booted and judged a second time
 * @param expected what the installed system is to have, beside what the other sections ask for
 * @param expectedFailure how the install is meant to fail, or null where it is meant to work
 * @param repository the package repository that the run makes and serves, or null for none
 * @param notJudged what a result says of itself that it does not cover
 */
public record VmtestSection(
        Location location,
        @Nullable String release,
        List<String> supportedReleases,
        @Nullable String targetKernelPackage,
        @Nullable Placed<SourceKind> source,
        @Nullable Placed<Renderer> renderer,
        @Nullable Integer cpus,
        @Nullable Integer memory,
        @Nullable Boolean uefi,
        @Nullable String diskDriver,
        @Nullable Integer blockSize,
        List<DiskOverride> disks,
        @Nullable List<NicOverride> nics,
        @Nullable Boolean networkPeer,
        @Nullable Integer installTimeout,
        @Nullable Integer bootTimeout,
        @Nullable String kernelArguments,
        boolean secondBoot,
        List<String> collectScripts,
        List<KeptFile> keptFiles,
        @Nullable MapValue bootCloudconf,
        ExpectedSystem expected,
        @Nullable ExpectedInstallFailure expectedFailure,
        @Nullable OwnRepository repository,
        List<Remark> notJudged) {

    /** The key of the section. */
    public static final String KEY = "vmtest";
}
