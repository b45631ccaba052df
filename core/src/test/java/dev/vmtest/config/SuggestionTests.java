package dev.vmtest.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTests {

    @Test
    void findsTheNearest() {
        List<String> words = List.of("device", "devices", "size", "spare_devices");

        assertThat(Suggestion.nearest("devcie", words)).contains("device");
        assertThat(Suggestion.nearest("Spare-Devices", words)).contains("spare_devices");
        assertThat(Suggestion.nearest("colour", words)).isEmpty();
    }

    @Test
    void takesAWrongDigitForAWrongChoice() {
        assertThat(Suggestion.oneOf("raid7", List.of("raid0", "raid1"))).isEqualTo("use one of: raid0, raid1");
        assertThat(Suggestion.oneOf("riad1", List.of("raid0", "raid1"))).isEqualTo("did you mean 'raid1'?");
    }
}
