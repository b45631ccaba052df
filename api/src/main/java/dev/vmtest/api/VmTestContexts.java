package dev.vmtest.api;

import dev.vmtest.text.MistakeException;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Hand a {@link VmTest} class to whoever runs such classes, so that a test needs no more than this module to compile. */
final class VmTestContexts implements ClassTemplateInvocationContextProvider {

    @Override
    public boolean supportsClassTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<ClassTemplateInvocationContext> provideClassTemplateInvocationContexts(ExtensionContext context) {
        Class<?> type = context.getRequiredTestClass();
        return ServiceLoader.load(VmTestInvocations.class, type.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new MistakeException(
                        type.getName() + " needs somebody who runs it: add dev.vmtest:vmtest-junit to the class path"))
                .of(context);
    }
}
