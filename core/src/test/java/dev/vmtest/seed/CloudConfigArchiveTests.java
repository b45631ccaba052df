package dev.vmtest.seed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

final class CloudConfigArchiveTests {

    @Test
    void writesOnePartALine() {
        String text = CloudConfigArchive.builder()
                .cloudConfig(Map.of("power_state", Map.of("mode", "poweroff")))
                .shellScript("echo hello\n")
                .build()
                .text();

        assertThat(text).isEqualTo("""
                        #cloud-config-archive
                        [
                        {"type":"text/cloud-config","content":"#cloud-config\\n{\\"power_state\\":{\\"mode\\":\\"poweroff\\"}}\\n"},
                        {"type":"text/x-shellscript","content":"#!/bin/sh -x\\necho hello\\n"}
                        ]
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#!/bin/sh\necho 'single' \"double\" \\ `tick` $(x)\n",
                "#!/bin/sh\ntab\there: yes\n- no: [off]\n",
                "#!/bin/sh\n# é 日本 \ud83d\ude00\n",
                "#!/bin/sh\nbell \u0007 escape \u001b delete \u007f\n",
                "#!/bin/sh\nnext line \u0085 separator \u2028 paragraph \u2029 mark \ufeff\n",
                "#!/bin/sh\n  trailing spaces   \n\n\n",
                "#!/bin/sh\r\nwindows\r\n"
            })
    void isReadBackExactlyByYaml(String script) {
        String text = CloudConfigArchive.builder().shellScript(script).build().text();

        List<Map<String, String>> parts = new Yaml().load(text);

        assertThat(parts).containsExactly(Map.of("type", "text/x-shellscript", "content", script));
    }

    @Test
    void keepsACloudConfigThatHasItsHeader() {
        assertThat(CloudConfigArchive.builder()
                        .cloudConfigText("#cloud-config\na: 1\n")
                        .cloudConfigText("b: 2\n")
                        .build()
                        .parts())
                .extracting(CloudConfigArchive.Part::content)
                .containsExactly("#cloud-config\na: 1\n", "#cloud-config\nb: 2\n");
    }
}
