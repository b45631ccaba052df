package dev.vmtest.installer.builtin;

import dev.vmtest.apt.AptConfig;
import dev.vmtest.apt.AptPreference;
import dev.vmtest.apt.AptProxy;
import dev.vmtest.apt.AptSource;
import dev.vmtest.apt.DebconfAnswer;
import dev.vmtest.apt.DebconfAnswers;
import dev.vmtest.config.Location;
import dev.vmtest.config.Placed;
import dev.vmtest.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Plan what the section {@code apt} asks for, in curtin's order. */
final class AptPlanner {

    private static final String MODE = "0644";

    /** What curtin writes where a source is only called {@code proposed}. */
    private static final String PROPOSED = "deb $MIRROR $RELEASE-proposed main restricted universe multiverse";

    /** The packages that have to be configured anew to take over what debconf was told. */
    private static final List<String> RECONFIGURED = List.of("cloud-init", "cloud-init-base");

    private final AptConfig apt;
    private final List<PlannedStep> steps = new ArrayList<>();

    AptPlanner(AptConfig apt) {
        this.apt = apt;
    }

    List<PlannedStep> plan() {
        debconf();
        if (!apt.preservesSources() || !apt.sources().isEmpty()) {
            add(new AptStep.ChooseMirrors(apt.primary(), apt.security()), "apt mirrors", apt.location());
        }
        if (!apt.preservesSources()) {
            sourcesList();
        }
        settings();
        apt.sources().forEach(this::source);
        if (!apt.sources().isEmpty()) {
            add(new AptStep.FetchLists(), "apt sources", apt.sources().get(0).location());
        }
        return steps;
    }

    private void add(Step step, String subject, Location location) {
        steps.add(new PlannedStep(step, subject, location));
    }

    private void debconf() {
        if (apt.debconf().isEmpty()) {
            return;
        }
        String text = apt.debconf().stream()
                .map(set -> set.text().reveal())
                .map(lines -> lines.endsWith("\n") ? lines : lines + "\n")
                .collect(Collectors.joining());
        DebconfAnswers first = apt.debconf().get(0);
        add(new SystemStep.SelectDebconf(new Secret(text)), "debconf_selections", first.location());
        List<String> owners = apt.debconf().stream()
                .flatMap(set -> set.answers().stream())
                .map(DebconfAnswer::owner)
                .toList();
        RECONFIGURED.stream()
                .filter(owners::contains)
                .forEach(name -> add(new AptStep.ReconfigureCloudInit(name), "debconf_selections", first.location()));
    }

    private void sourcesList() {
        Location location = apt.sourcesList() == null
                ? apt.preservesLocation()
                : apt.sourcesList().location();
        add(
                new AptStep.WriteSourcesList(
                        apt.sourcesList() == null
                                ? null
                                : shown(apt.sourcesList().text()),
                        texts(apt.disabledSuites()),
                        texts(apt.disabledComponents())),
                "apt sources_list",
                location);
        add(new AptStep.KeepSources(), "apt preserve_sources_list", apt.preservesLocation());
    }

    /** A text that may be shown, without the names and passwords in its addresses. */
    private static Secret shown(String text) {
        return Objects.requireNonNull(Secret.ofAddress(text));
    }

    private static List<String> texts(List<Placed<String>> placed) {
        return placed.stream().map(Placed::value).toList();
    }

    /** A file that this configuration does not fill is not left over from another one. */
    private void settings() {
        String proxies = apt.proxies().stream().map(AptProxy::text).collect(Collectors.joining());
        file(
                AptProxy.FILE,
                proxies,
                "apt proxy",
                apt.proxies().isEmpty() ? apt.location() : apt.proxies().get(0).location());
        file(
                AptConfig.CONF_FILE,
                apt.conf() == null ? "" : apt.conf().value(),
                "apt conf",
                apt.conf() == null ? apt.location() : apt.conf().location());
        String preferences = apt.preferences().stream().map(AptPreference::text).collect(Collectors.joining("\n"));
        file(
                AptPreference.FILE,
                preferences,
                "apt preferences",
                apt.preferences().isEmpty()
                        ? apt.location()
                        : apt.preferences().get(0).location());
    }

    private void file(String path, String text, String subject, Location location) {
        Step step = text.isEmpty()
                ? new AptStep.RemoveFile(path)
                : new SystemStep.WriteTargetFile(path, shown(text), MODE, null);
        add(step, subject, location);
    }

    private void source(AptSource source) {
        String subject = "apt source '" + source.name() + "'";
        if (source.key() != null) {
            Secret key = shown(source.key().value().stripTrailing());
            add(
                    new SystemStep.WriteTargetFile(source.keyFile(), key, MODE, null),
                    subject,
                    source.key().location());
        }
        if (source.source() != null) {
            String text = source.source().value();
            String lines = text.strip().equals("proposed") ? PROPOSED : text.stripTrailing();
            add(
                    new AptStep.AddSource(source.file(false), shown(lines + "\n")),
                    subject,
                    source.source().location());
        }
    }
}
