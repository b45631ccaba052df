package dev.vmtest.junit;

import dev.vmtest.api.VmTest;
import dev.vmtest.api.VmTestInvocations;
import dev.vmtest.session.Session;
import dev.vmtest.testcase.TestCase;
import dev.vmtest.testcase.TestDefinition;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Run a {@link VmTest} class once for each of its releases. */
public final class VmTestExtension implements VmTestInvocations {

    @Override
    public Stream<ClassTemplateInvocationContext> of(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        TestDefinition definition = VmTests.definition(type);
        Sessions.Joined joined = Sessions.of(context, definition.releases());
        TestDefinition wanted = VmTests.isForAnyRelease(type) ? joined.leaveOutAbsent(definition) : definition;
        Session session = joined.session();
        return session.announce(List.of(wanted)).stream().map(test -> new Invocation(session, test));
    }

    /** Stand for the class on one release. */
    private record Invocation(Session session, TestCase test) implements ClassTemplateInvocationContext {

        @Override
        public String getDisplayName(int invocationIndex) {
            return test.release();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new VmTestRun(session.schedule(), test));
        }
    }
}
