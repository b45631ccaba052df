package dev.vmtest.release;

import dev.vmtest.release.KnownRelease.Family;
import dev.vmtest.release.KnownRelease.Kernel;
import dev.vmtest.release.KnownRelease.Line;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * List every release, one row each: to add a release, add its row, or the entry of a Debian release in {@link
 * DebianRelease}.
 *
 * <p>The dates are those of Debian's package {@code distro-info-data}; names of kernels and types of items are those
 * of MAAS image streams.
 */
public final class ReleaseTable {

    private static final List<String> SERVER_ARCHES = List.of("amd64", "arm64", "ppc64el", "s390x");
    private static final List<String> SERVER_ARCHES_AND_I386 = List.of("amd64", "arm64", "ppc64el", "s390x", "i386");

    // Before the rows: each adds itself here as it is made.
    private static final List<KnownRelease> ROWS = new ArrayList<>();

    static {
        for (DebianRelease release : DebianRelease.values()) {
            debian(release);
        }

        lts("xenial", "16.04", "2016-04-21", "2021-04-30", SERVER_ARCHES_AND_I386);
        interim("yakkety", "16.10", "2016-10-13", "2017-07-20");
        interim("zesty", "17.04", "2017-04-13", "2018-01-13");
        interim("artful", "17.10", "2017-10-19", "2018-07-19");
        lts("bionic", "18.04", "2018-04-26", "2023-05-31", SERVER_ARCHES_AND_I386);
        interim("cosmic", "18.10", "2018-10-18", "2019-07-18");
        interim("disco", "19.04", "2019-04-18", "2020-01-23");
        interim("eoan", "19.10", "2019-10-17", "2020-07-17");
        lts("focal", "20.04", "2020-04-23", "2025-05-29", SERVER_ARCHES);
        interim("groovy", "20.10", "2020-10-22", "2021-07-22");
        interim("hirsute", "21.04", "2021-04-22", "2022-01-20");
        interim("impish", "21.10", "2021-10-14", "2022-07-14");
        lts("jammy", "22.04", "2022-04-21", "2027-06-01", SERVER_ARCHES);
        interim("kinetic", "22.10", "2022-10-20", "2023-07-20");
        interim("lunar", "23.04", "2023-04-20", "2024-01-25");
        interim("mantic", "23.10", "2023-10-12", "2024-07-11");
        lts("noble", "24.04", "2024-04-25", "2029-05-31", SERVER_ARCHES);
        interim("oracular", "24.10", "2024-10-10", "2025-07-10");
        interim("plucky", "25.04", "2025-04-17", "2026-01-15");
        interim("questing", "25.10", "2025-10-09", "2026-07-09");
        lts("resolute", "26.04", "2026-04-23", "2031-05-29", SERVER_ARCHES);

        target(Family.CENTOS, "centos70", "7.0", "2024-06-30", "root-tgz", "xenial", "bionic", "focal");
        target(Family.UBUNTU_CORE, "ubuntu-core-16", "16", "2026-04-23", "root-image.xz", "xenial");
        target(Family.UBUNTU_CORE, "ubuntu-core-18", "18", "2028-04-26", "root-image.xz", "bionic");
        target(Family.UBUNTU_CORE, "ubuntu-core-20", "20", "2030-04-23", "root-image.xz", "focal");
    }

    private static final List<ReleaseBase> BASES = everyBase();

    private ReleaseTable() {}

    /** Return all rows. */
    public static List<KnownRelease> all() {
        return List.copyOf(ROWS);
    }

    /** Return the row of a code name. */
    public static Optional<KnownRelease> find(String codename) {
        return ROWS.stream().filter(row -> row.codename().equals(codename)).findFirst();
    }

    /**
     * Return everything that a test can run on, in the order of the rows: a release by its code name with the usual
     * kernel, {@code CODENAME-hwe} and {@code CODENAME-edge} with the others, and {@code CODENAME-from-ENVIRONMENT} for
     * what is only installed.
     */
    public static List<ReleaseBase> bases() {
        return BASES;
    }

    /** Return the base of a name. */
    public static Optional<ReleaseBase> base(String name) {
        return BASES.stream().filter(base -> base.name().equals(name)).findFirst();
    }

    /** Return the names of all bases. */
    public static List<String> baseNames() {
        return BASES.stream().map(ReleaseBase::name).toList();
    }

    /** Return the names of the bases that a test runs on if nobody says otherwise: those whose images are built here. */
    public static List<String> usualNames() {
        return BASES.stream()
                .filter(ReleaseBase::isBuilt)
                .map(ReleaseBase::name)
                .toList();
    }

    private static List<ReleaseBase> everyBase() {
        List<ReleaseBase> bases = new ArrayList<>();
        for (KnownRelease row : ROWS) {
            for (Kernel kernel : row.kernels()) {
                String suffix =
                        kernel.line() == Line.GA ? "" : "-" + kernel.line().text();
                bases.add(new ReleaseBase(row.codename() + suffix, row, kernel, row));
            }
            if (row.kernels().isEmpty()) {
                for (String name : row.environments()) {
                    KnownRelease environment = find(name).orElseThrow();
                    bases.add(new ReleaseBase(
                            row.codename() + "-from-" + name,
                            environment,
                            environment.kernels().get(0),
                            row));
                }
            }
        }
        return List.copyOf(bases);
    }

    private static void debian(DebianRelease release) {
        List<Kernel> kernels =
                List.of(new Kernel(Line.GA, KnownRelease.USUAL_SUBARCH, Architecture.AMD64.debianKernel()));
        ROWS.add(row(
                release.codename(),
                Family.DEBIAN,
                release.version(),
                null,
                release.supportedUntil(),
                SERVER_ARCHES,
                kernels));
    }

    /** A long-term release gets the kernels of later ones. */
    private static void lts(
            String codename, String version, String released, String supportedUntil, List<String> arches) {
        ROWS.add(row(
                codename,
                Family.UBUNTU,
                version,
                LocalDate.parse(released),
                LocalDate.parse(supportedUntil),
                arches,
                List.of(
                        new Kernel(Line.GA, "ga-" + version, "linux-image-generic"),
                        new Kernel(Line.HWE, "hwe-" + version, "linux-image-generic-hwe-" + version),
                        new Kernel(
                                Line.EDGE,
                                "hwe-" + version + "-edge",
                                "linux-image-generic-hwe-" + version + "-edge"))));
    }

    private static void interim(String codename, String version, String released, String supportedUntil) {
        List<Kernel> kernels = List.of(new Kernel(Line.GA, "ga-" + version, "linux-image-generic"));
        ROWS.add(row(
                codename,
                Family.UBUNTU,
                version,
                LocalDate.parse(released),
                LocalDate.parse(supportedUntil),
                SERVER_ARCHES,
                kernels));
    }

    private static KnownRelease row(
            String codename,
            Family family,
            String version,
            @Nullable LocalDate released,
            LocalDate supportedUntil,
            List<String> arches,
            List<Kernel> kernels) {
        return new KnownRelease(
                codename, family, version, released, supportedUntil, arches, kernels, List.of(codename), "squashfs");
    }

    /** What is only installed has no install environment of its own; curtin's harness runs it on amd64 only. */
    private static void target(
            Family family,
            String codename,
            String version,
            String supportedUntil,
            String fileType,
            String... environments) {
        ROWS.add(new KnownRelease(
                codename,
                family,
                version,
                null,
                LocalDate.parse(supportedUntil),
                List.of("amd64"),
                List.of(),
                List.of(environments),
                fileType));
    }
}
