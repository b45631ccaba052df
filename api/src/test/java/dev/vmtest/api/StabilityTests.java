package dev.vmtest.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.vmtest.facts.Facts;
import dev.vmtest.result.CheckRecord;
import dev.vmtest.result.Verdict;
import dev.vmtest.text.Printable;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** Holds that an author can see how stable each type is, and that nothing that lasts shows what does not. */
class StabilityTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.vmtest.api", "dev.vmtest.facts", "dev.vmtest.result", "dev.vmtest.text");

    private static Stream<JavaClass> publicTypes() {
        return CLASSES.stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> !type.getSimpleName().equals("package-info"));
    }

    /** A nested type is as stable as what it is in, and a type without a word of its own as its package. */
    private static Optional<API.Status> status(JavaClass type) {
        return type.tryGetAnnotationOfType(API.class)
                .map(API::status)
                .or(() -> type.getEnclosingClass().isPresent()
                        ? status(type.getEnclosingClass().get())
                        : type.getPackage().tryGetAnnotationOfType(API.class).map(API::status));
    }

    @Test
    void everyTypeSaysHowStableItIs() {
        assertThat(publicTypes().filter(type -> status(type).isEmpty())).isEmpty();
        assertThat(status(CLASSES.get(VmTest.class))).contains(API.Status.MAINTAINED);
        assertThat(status(CLASSES.get(VmTest.Replacement.class))).contains(API.Status.MAINTAINED);
        assertThat(status(CLASSES.get(Facts.class))).contains(API.Status.MAINTAINED);
        assertThat(status(CLASSES.get(Verdict.class))).contains(API.Status.MAINTAINED);
        assertThat(status(CLASSES.get(CheckRecord.class))).contains(API.Status.MAINTAINED);
        assertThat(status(CLASSES.get(Printable.class))).contains(API.Status.INTERNAL);
    }

    @Test
    void nothingThatAuthorsUseShowsWhatIsForVmtestAlone() {
        Set<String> shown = new TreeSet<>();
        publicTypes()
                .filter(type -> !status(type).equals(Optional.of(API.Status.INTERNAL)))
                .forEach(type -> shownBy(type)
                        .filter(target -> target.getPackageName().startsWith("dev.vmtest"))
                        .filter(target -> status(target).equals(Optional.of(API.Status.INTERNAL)))
                        .forEach(target -> shown.add(type.getName() + " shows " + target.getName())));
        assertThat(shown).isEmpty();
    }

    private static Stream<JavaClass> shownBy(JavaClass type) {
        return type.getMembers().stream()
                .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(member -> member.tryGetAnnotationOfType(API.class)
                        .map(API::status)
                        .filter(API.Status.INTERNAL::equals)
                        .isEmpty())
                .flatMap(StabilityTests::types)
                .flatMap(shown -> shown.getAllInvolvedRawTypes().stream());
    }

    private static Stream<JavaType> types(JavaMember member) {
        return member instanceof JavaMethod method
                ? Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
                : Stream.empty();
    }
}
