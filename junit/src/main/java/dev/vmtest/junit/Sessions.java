package dev.vmtest.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.vmtest.session.Session;
import dev.vmtest.testcase.TestDefinition;
import java.util.List;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hold the session of a JUnit launch: the one that {@code vmtest run} opened, or one opened on demand. */
public final class Sessions {

    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    private static final String NAME = "dev.vmtest";

    private Sessions() {}

    /**
     * Run test classes within a session that is open already; their results go there.
     *
     * @param session owns the runs; the caller closes it
     * @param classes classes annotated with {@link dev.vmtest.api.VmTest}
     */
    public static void launch(Session session, List<Class<?>> classes) {
        LauncherConfig config = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .build();
        try (LauncherSession launcher = LauncherFactory.openSession(config)) {
            // The store closes what it holds; a caller's session outlives the launch.
            launcher.getStore().put(Namespace.create(NAME), Session.class, new Borrowed(session));
            launcher.getLauncher()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(classes.stream()
                                            .map(type -> selectClass(type))
                                            .toList())
                                    .build(),
                            new DefectListener());
        }
    }

    /**
     * Return the session of a launch; one that is opened now first fetches newer images where the environment says so.
     *
     * @param releases the releases of the class that asks first
     */
    static Joined of(ExtensionContext context, List<String> releases) {
        ExtensionContext.Store store =
                context.getStore(StoreScope.LAUNCHER_SESSION, ExtensionContext.Namespace.create(NAME));
        Object held = store.computeIfAbsent(Session.class, key -> OwnSession.open(releases));
        return (Joined) held;
    }

    /** Hold the session that a class is part of. */
    interface Joined {

        Session session();

        /** Return a definition without the releases whose images are not there. */
        TestDefinition leaveOutAbsent(TestDefinition definition);
    }

    /** Hold a session that somebody else closes, and whose tests are announced with the releases that they get. */
    private record Borrowed(Session session) implements Joined {

        @Override
        public TestDefinition leaveOutAbsent(TestDefinition definition) {
            return definition;
        }
    }

    /** Log what fails outside the author's methods, which nobody else would see. */
    private static final class DefectListener implements TestExecutionListener {

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable()
                    .filter(failure -> !(failure instanceof AssertionError))
                    .ifPresent(failure -> LOG.info("{} ended in {}", test.getDisplayName(), failure.toString()));
        }
    }
}
