package dev.vmtest.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.image.ImageVariant;
import dev.vmtest.release.KnownRelease.Family;
import dev.vmtest.release.KnownRelease.Kernel;
import dev.vmtest.release.KnownRelease.Line;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReleaseTableTests {

    private static final ReleaseSupport DATES = support(LocalDate.of(2026, 11, 22));

    private static ReleaseSupport support(LocalDate day) {
        return new ReleaseSupport(Optional.empty(), Optional.empty(), day);
    }

    private static KnownRelease release(String codename) {
        return ReleaseTable.find(codename).orElseThrow();
    }

    private static ReleaseBase base(String name) {
        return ReleaseTable.base(name).orElseThrow();
    }

    private static ReleaseSupport without(String... releases) {
        return new ReleaseSupport(Optional.of(List.of(releases)), Optional.empty(), LocalDate.of(2026, 11, 22));
    }

    @Test
    void hasEveryLongTermReleaseWithItsThreeKernels() {
        assertThat(ReleaseTable.all().stream()
                        .filter(row -> row.kernel(Line.EDGE).isPresent())
                        .map(KnownRelease::codename))
                .containsExactly("xenial", "bionic", "focal", "jammy", "noble", "resolute");
        assertThat(release("jammy").kernels())
                .containsExactly(
                        new Kernel(Line.GA, "ga-22.04", "linux-image-generic"),
                        new Kernel(Line.HWE, "hwe-22.04", "linux-image-generic-hwe-22.04"),
                        new Kernel(Line.EDGE, "hwe-22.04-edge", "linux-image-generic-hwe-22.04-edge"));
    }

    @Test
    void everyRowIsUniqueAndNamesRowsThatCanBoot() {
        assertThat(ReleaseTable.all()).extracting(KnownRelease::codename).doesNotHaveDuplicates();
        assertThat(ReleaseTable.baseNames()).doesNotHaveDuplicates();
        for (KnownRelease row : ReleaseTable.all()) {
            assertThat(row.environments())
                    .as(row.codename())
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(release(name).kernels()).isNotEmpty());
        }
    }

    @Test
    void everyImageThatIsBuiltHereHasARow() {
        for (DebianRelease built : DebianRelease.values()) {
            KnownRelease row = release(built.codename());
            assertThat(row.family()).isEqualTo(Family.DEBIAN);
            assertThat(row.version()).isEqualTo(built.version());
            assertThat(row.kernel(Line.GA).orElseThrow().subarch()).isEqualTo(ImageVariant.GENERIC.subarch());
        }
        assertThat(ReleaseTable.usualNames()).containsExactly("bookworm", "trixie");
    }

    @Test
    void aBaseIsAReleaseWithAKernelOrATargetWithAnEnvironment() {
        assertThat(base("jammy").kernel().subarch()).isEqualTo("ga-22.04");
        assertThat(base("jammy-hwe").kernelPackage(Architecture.ARM64)).isEqualTo("linux-image-generic-hwe-22.04");
        assertThat(base("trixie").kernelPackage(Architecture.ARM64)).isEqualTo("linux-image-cloud-arm64");
        assertThat(base("trixie").kernelPackage(Architecture.PPC64EL)).isEqualTo("linux-image-powerpc64le");
        assertThat(base("jammy-edge").installsItself()).isTrue();
        ReleaseBase centos = base("centos70-from-bionic");
        assertThat(centos.environment()).isEqualTo(release("bionic"));
        assertThat(centos.kernel().subarch()).isEqualTo("ga-18.04");
        assertThat(centos.target().fileType()).isEqualTo("root-tgz");
        assertThat(centos.installsItself()).isFalse();
        assertThat(base("ubuntu-core-20-from-focal").target().fileType()).isEqualTo("root-image.xz");
        assertThat(ReleaseTable.base("centos70")).isEmpty();
        assertThat(ReleaseTable.base("mantic-hwe")).isEmpty();
        assertThat(ReleaseTable.base("plan9")).isEmpty();
    }

    @Test
    void saysWhyAReleaseIsNotRun() {
        assertThat(DATES.reasonToSkip(base("jammy"), "amd64")).isEmpty();
        assertThat(DATES.reasonToSkip(base("bookworm"), "amd64")).isEmpty();
        assertThat(DATES.reasonToSkip(base("jammy-hwe"), "i386"))
                .hasValue("jammy does not run on i386; it does on: amd64, arm64, ppc64el, s390x");
        assertThat(DATES.reasonToSkip(base("focal"), "amd64"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("ended on 2025-05-29", "UNSUPPORTED_UBUNTU"));
        assertThat(support(LocalDate.of(2025, 5, 29)).reasonToSkip(base("focal"), "amd64"))
                .as("the last day")
                .isEmpty();
    }

    @Test
    void aReleaseIsInDevelopmentUntilItComesOut() {
        assertThat(support(LocalDate.of(2026, 4, 22)).isInDevelopment(release("resolute")))
                .isTrue();
        assertThat(support(LocalDate.of(2026, 4, 23)).isInDevelopment(release("resolute")))
                .isFalse();
        assertThat(support(LocalDate.of(2000, 1, 1)).isInDevelopment(release("bookworm")))
                .isFalse();
        ReleaseSupport named =
                new ReleaseSupport(Optional.empty(), Optional.of(List.of("noble")), LocalDate.of(2026, 4, 22));
        assertThat(named.isInDevelopment(release("noble"))).isTrue();
        assertThat(named.isInDevelopment(release("resolute"))).isFalse();
    }

    @Test
    void everyReleaseOfUbuntuCameOutBeforeItsSupportEnds() {
        assertThat(ReleaseTable.all())
                .filteredOn(row -> row.family() == Family.UBUNTU)
                .allSatisfy(row -> assertThat(row.released())
                        .as(row.codename())
                        .isNotNull()
                        .isBefore(row.supportedUntil())
                        .satisfies(day -> assertThat("%02d.%02d".formatted(day.getYear() % 100, day.getMonthValue()))
                                .isEqualTo(row.version())));
    }

    @Test
    void theVariableDecidesInsteadOfTheDates() {
        assertThat(without().reasonToSkip(base("focal"), "amd64")).isEmpty();
        assertThat(without("jammy").reasonToSkip(base("jammy-edge"), "amd64"))
                .hasValue("jammy is not supported: UNSUPPORTED_UBUNTU names it");
    }

    @Test
    void aTargetIsSkippedForItsEnvironmentAndForItself() {
        assertThat(without("xenial").reasonToSkip(base("centos70-from-xenial"), "amd64"))
                .hasValueSatisfying(reason -> assertThat(reason).startsWith("xenial is not supported"));
        assertThat(without().reasonToSkip(base("centos70-from-xenial"), "arm64"))
                .hasValue("centos70 does not run on arm64; it does on: amd64");
    }
}
