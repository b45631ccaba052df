package dev.vmtest.release;

import dev.vmtest.release.KnownRelease.Family;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Know which releases are run.
 *
 * @param unsupported the Ubuntu releases that somebody has declared unsupported (UNSUPPORTED_UBUNTU); empty asks the
 *     table's own dates
 * @param development the Ubuntu releases that somebody has declared to be in development (_DEVEL_UBUNTU); empty asks the
 *     table's own dates
 * @param today the day that dates are held against
 */
public record ReleaseSupport(Optional<List<String>> unsupported, Optional<List<String>> development, LocalDate today) {

    /** Run every release, however old. */
    public static final ReleaseSupport OF_ALL =
            new ReleaseSupport(Optional.of(List.of()), Optional.of(List.of()), LocalDate.EPOCH);

    /**
     * Say why nothing is run on a release base.
     *
     * @param arch the guest's architecture
     * @return the reason, or empty if it is run
     */
    public Optional<String> reasonToSkip(ReleaseBase base, String arch) {
        return reasonToSkip(base, arch, List.of());
    }

    /**
     * Say why nothing is run on a release base.
     *
     * @param supported code names of releases that are run even if their support has ended
     */
    public Optional<String> reasonToSkip(ReleaseBase base, String arch, Collection<String> supported) {
        return reasonToSkip(base.environment(), arch, supported).or(() -> reasonToSkip(base.target(), arch, supported));
    }

    /** Say whether an Ubuntu release is still in development. */
    public boolean isInDevelopment(KnownRelease release) {
        LocalDate released = release.released();
        return development
                .map(names -> names.contains(release.codename()))
                .orElseGet(() -> released != null && today.isBefore(released));
    }

    /** Say why nothing of a release is run. */
    public Optional<String> reasonToSkip(KnownRelease release, String arch, Collection<String> supported) {
        String codename = release.codename();
        if (!release.arches().contains(arch)) {
            return Optional.of(
                    codename + " does not run on " + arch + "; it does on: " + String.join(", ", release.arches()));
        }
        if (release.family() != Family.UBUNTU || supported.contains(codename)) {
            return Optional.empty();
        }
        if (unsupported.isPresent()) {
            return unsupported.get().contains(codename)
                    ? Optional.of(codename + " is not supported: UNSUPPORTED_UBUNTU names it")
                    : Optional.empty();
        }
        return today.isAfter(release.supportedUntil())
                ? Optional.of("the support of " + codename + " ended on " + release.supportedUntil()
                        + "; UNSUPPORTED_UBUNTU= (empty) runs it nevertheless")
                : Optional.empty();
    }
}
