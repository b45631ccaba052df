package dev.vmtest.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vmtest.api.VmTest;
import dev.vmtest.facts.Facts;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.io.TempDir;

/** What the Javadoc of {@link VmTest} shows is what a test's author copies: it must compile. */
class VmTestExampleTests {

    private static final String IMPORTS = """
            import static org.assertj.core.api.Assertions.assertThat;
            import dev.vmtest.facts.Facts;
            import dev.vmtest.api.VmTest;
            import org.assertj.core.api.Assertions;
            import org.junit.jupiter.api.Test;
            import org.junit.jupiter.api.extension.Extension;
            """;

    @TempDir
    private Path directory;

    @Test
    void theExampleCompiles() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-proc:none", "-d", directory.toString(), "-cp", classPath());
            compiler.getTask(null, files, problems, options, null, List.of(new Source(IMPORTS + example())))
                    .call();
        }
        assertThat(problems.getDiagnostics())
                .filteredOn(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .isEmpty();
        assertThat(directory.resolve("BasicTest.class")).exists();
    }

    /** Return where those classes are that the example uses. */
    private static String classPath() {
        return Stream.of(VmTest.class, Facts.class, Test.class, Assertions.class, Extension.class)
                .map(type ->
                        type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String example() throws IOException {
        String source = Files.readString(Path.of("../api/src/main/java/dev/vmtest/api/VmTest.java"));
        Matcher example = Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL)
                .matcher(source);
        assertThat(example.find()).isTrue();
        return example.group(1).replaceAll("(?m)^ \\* ?", "");
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///BasicTest.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
