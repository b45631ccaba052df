package dev.vmtest.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BuildVersionTests {

    @Test
    void theBuildHasWrittenIt() throws IOException {
        assertThat(BuildVersion.of(new ByteArrayInputStream("1.2+abc\n".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("1.2+abc");
        assertThat(BuildVersion.of(null)).isEqualTo("unknown");
    }

    /** Maven writes it, and only an IDE may leave it out. */
    @Test
    void thisBuildHasAVersion() {
        assertThat(Session.version()).matches("[0-9]+\\.[0-9][^ ]*|unknown");
    }
}
