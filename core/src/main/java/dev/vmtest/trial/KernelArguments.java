package dev.vmtest.trial;

import dev.vmtest.testcase.TestCase;
import java.util.ArrayList;
import java.util.List;

/** Gather the kernel arguments that a test adds to the install boot. */
final class KernelArguments {

    private KernelArguments() {}

    /** Return what the author adds, in the class and in the configuration. */
    static List<String> of(TestCase test) {
        List<String> arguments = new ArrayList<>(test.definition().kernelArguments());
        String configured = test.config().vmtest().kernelArguments();
        if (configured != null) {
            arguments.addAll(List.of(configured.strip().split("\\s+")));
        }
        return arguments;
    }
}
