package dev.vmtest.testcase;

import dev.vmtest.config.ConfigFiles;
import dev.vmtest.config.ConfigMerge;
import dev.vmtest.config.ConfigText;
import dev.vmtest.config.MapValue;
import dev.vmtest.config.Problems;
import java.util.List;
import java.util.Map;

/** Gather the cloud-config that a test adds to the first boot, from its class and from its configuration. */
public final class BootCloudConfig {

    private BootCloudConfig() {}

    /** Return the merged cloud-config as plain maps, lists and scalars; empty if the test adds none. */
    public static Map<String, ?> of(TestCase test) {
        MapValue written = parse(test.definition(), new Problems());
        MapValue configured = test.config().vmtest().bootCloudconf();
        if (configured == null) {
            return ConfigText.plain(written);
        }
        return ConfigText.plain(ConfigMerge.merge(List.of(configured, written)));
    }

    /** Read what the author wrote; an empty text is an empty mapping. */
    static MapValue parse(TestDefinition definition, Problems problems) {
        String text = definition.bootCloudConfig();
        String name = definition.origin() + " (boot_cloudconf)";
        return ConfigFiles.parse(name, text.isBlank() ? "{}" : text, problems);
    }
}
