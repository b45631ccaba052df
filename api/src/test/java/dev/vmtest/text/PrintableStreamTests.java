package dev.vmtest.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class PrintableStreamTests {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = PrintableStream.over(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void howeverItIsWrittenNothingSteersTheTerminal() throws IOException {
        out.println("one \u001b]0;title\u0007 é😀");
        out.printf("%s%n", "two \u202e");
        out.print('\u009b');
        out.println((Object) "three\u0000");
        out.write("four \u001b[2J\n".getBytes(StandardCharsets.UTF_8));
        out.append("five\t\u200b").println();

        assertThat(written())
                .isEqualTo(
                        "one \uFFFD]0;title\uFFFD é😀\ntwo \uFFFD\n\uFFFDthree\uFFFD\nfour \uFFFD[2J\nfive\t\uFFFD\n");
    }

    @Test
    void aCharacterThatComesInPiecesIsOne() {
        for (byte one : "é😀\u009b.".getBytes(StandardCharsets.UTF_8)) {
            out.write(one);
        }

        assertThat(written()).isEqualTo("é😀\uFFFD.");
    }

    @Test
    void bytesThatAreNoTextAreSeen() throws IOException {
        out.write(new byte[] {'a', (byte) 0xFF, (byte) 0x9B, 'b'});

        assertThat(written()).isEqualTo("a\uFFFD\uFFFDb");
    }

    @Test
    void aReaderThatIsGoneIsNoticed() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        PrintStream gone = PrintableStream.over(new PrintStream(closed, true, StandardCharsets.UTF_8));
        assertThat(out.checkError()).isFalse();

        gone.println("nobody reads this");

        assertThat(gone.checkError()).isTrue();
    }
}
