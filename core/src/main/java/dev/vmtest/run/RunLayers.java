package dev.vmtest.run;

import dev.vmtest.config.MapValue;
import dev.vmtest.config.Value;
import dev.vmtest.machine.Firmware;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/**
 * Write the configuration layers that only a run knows, as the seeds' harness adds them: where the
 * installer reports to, where it logs, and that a UEFI install may write the firmware's variables.
 */
final class RunLayers {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSTALL_LOG = "/tmp/install.log";

    private RunLayers() {}

    /**
     * Return the layers by file name, in the order in which they apply. JSON is YAML.
     *
     * @param test the test
     * @param events where report events are posted
     */
    static Map<String, String> of(TestCase test, String events) {
        Map<String, String> layers = new LinkedHashMap<>();
        if (test.machine().firmware() == Firmware.UEFI && !decidesAboutNvram(test)) {
            layers.put("20-grub.yaml", json(Map.of("grub", Map.of("update_nvram", true))));
        }
        Map<String, Object> install = new LinkedHashMap<>();
        install.put("log_file", INSTALL_LOG);
        install.put("post_files", new String[] {INSTALL_LOG});
        Map<String, Object> maas = new LinkedHashMap<>();
        maas.put("type", "webhook");
        maas.put("level", "DEBUG");
        maas.put("endpoint", events);
        Map<String, Object> reporting = new LinkedHashMap<>();
        reporting.put("install", install);
        reporting.put("reporting", Map.of("maas", maas));
        layers.put("90-reporting.yaml", json(reporting));
        return layers;
    }

    private static boolean decidesAboutNvram(TestCase test) {
        return decidesAboutNvram(test.merged().get("grub"))
                || decidesAboutNvram(test.merged().get("boot"));
    }

    private static boolean decidesAboutNvram(@Nullable Value section) {
        return section instanceof MapValue map && map.get("update_nvram") != null;
    }

    private static String json(Map<String, Object> layer) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(layer) + "\n";
    }
}
