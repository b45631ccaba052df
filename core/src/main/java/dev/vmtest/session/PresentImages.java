package dev.vmtest.session;

import dev.vmtest.config.Problems;
import dev.vmtest.image.ImageException;
import dev.vmtest.settings.Settings;
import dev.vmtest.settings.SettingsTable;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestCases;
import dev.vmtest.testcase.TestDefinition;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Leave out the releases whose images are not there, where nobody has named the releases of a run.
 *
 * <p>An image that is there and broken is not left out: the run says what is wrong with it.
 */
public final class PresentImages implements AutoCloseable {

    private final HostImages images;
    private final TestCases cases;
    private final Optional<Path> earlierRun;
    private final Map<String, Integer> leftOut = new LinkedHashMap<>();

    private PresentImages(HostImages images, TestCases cases, Optional<Path> earlierRun) {
        this.images = images;
        this.cases = cases;
        this.earlierRun = earlierRun;
    }

    /**
     * Look at the images that an environment names; or at what a run left, if only its checks are run again.
     *
     * @param cases knows which images a test needs
     */
    public static PresentImages of(TestCases cases, Map<String, String> environment) {
        Settings settings = Settings.read(environment);
        Optional<Path> earlier =
                settings.get(SettingsTable.REUSE_TOPDIR) ? settings.find(SettingsTable.TOPDIR) : Optional.empty();
        return new PresentImages(new HostImages(settings, environment, InstantSource.system()), cases, earlier);
    }

    /** Return the releases of a definition whose images are there, with those that need none because they are skipped. */
    public List<String> releases(TestDefinition definition) {
        return releases(definition, this::absence);
    }

    /** Return its releases without those whose usual images are there, but not those of the test's own renderer. */
    public List<String> releasesOfRenderer(TestDefinition definition) {
        return releases(definition, test -> absence(test).filter(reason -> hasUsualImage(test)));
    }

    private boolean hasUsualImage(TestCase test) {
        try {
            var unused = images.find(test.release());
            return true;
        } catch (ImageException absent) {
            return false;
        }
    }

    private List<String> releases(TestDefinition definition, Function<TestCase, Optional<String>> absence) {
        List<String> present = new ArrayList<>();
        // What is wrong with a configuration is said when it is announced.
        List<TestCase> all = cases.of(definition, definition.releases(), new Problems());
        for (String release : definition.releases()) {
            Optional<String> reason = all.stream()
                    .filter(test -> test.release().equals(release))
                    .filter(test -> test.skipReason().isEmpty())
                    .flatMap(test -> absence.apply(test).stream())
                    .findFirst();
            reason.ifPresent(absent -> leftOut.merge(absent, 1, Integer::sum));
            if (reason.isEmpty()) {
                present.add(release);
            }
        }
        return present;
    }

    /** Return the reasons, for a run of which nothing is left. */
    public List<String> reasons() {
        return List.copyOf(leftOut.keySet());
    }

    /** Return a line for each reason. */
    public List<String> lines() {
        return leftOut.entrySet().stream()
                .map(entry -> "left out " + entry.getValue() + (entry.getValue() == 1 ? " test: " : " tests: ")
                        + entry.getKey())
                .toList();
    }

    private Optional<String> absence(TestCase test) {
        if (earlierRun.isPresent()) {
            return earlierRun.get().resolve(test.directoryName()).toFile().isDirectory()
                    ? Optional.empty()
                    : Optional.of("the earlier run has nothing of " + test.release());
        }
        try {
            var unusedBase = images.find(test.release(), test.imageNeeds());
            var unusedTarget =
                    images.findTarget(test.targetRelease(), test.target().fileType());
            return Optional.empty();
        } catch (ImageException absent) {
            return absent.isAbsence() ? Optional.of(String.valueOf(absent.getMessage())) : Optional.empty();
        }
    }

    @Override
    public void close() {
        images.close();
    }
}
