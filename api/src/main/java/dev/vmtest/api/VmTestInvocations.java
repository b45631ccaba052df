package dev.vmtest.api;

import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Give the invocations of a test class, one for each release; a service, which {@code vmtest-junit} provides. */
@API(status = API.Status.INTERNAL)
public interface VmTestInvocations {

    /** Return the invocations of the class that the context is about. */
    Stream<ClassTemplateInvocationContext> of(ExtensionContext context);
}
