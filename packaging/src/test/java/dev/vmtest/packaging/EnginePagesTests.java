package dev.vmtest.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.vmtest.cli.Main;
import dev.vmtest.engine.KubernetesJob;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitInputs;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.UnitNeeds;
import dev.vmtest.result.UnitPlace;
import dev.vmtest.text.MistakeException;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;

/** Holds what is given to CIs and schedulers against what reads it there, as far as that can be had. */
class EnginePagesTests {

    private static final Path CI = Path.of("../docs/ci.md");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```(yaml|groovy)\\n((?s:.*?))^```$");
    private static final Pattern CALL = Pattern.compile("bin/vmtest ([^'\\n]+)");

    private static List<String> blocks(String language) throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(CI));
        List<String> found = new ArrayList<>();
        while (blocks.find()) {
            if (blocks.group(1).equals(language)) {
                found.add(blocks.group(2));
            }
        }
        return found;
    }

    private static Iterable<Object> documents(String yaml) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(strict)).loadAll(yaml);
    }

    private static Map<Object, Object> map(@Nullable Object value) {
        assertThat(value).isInstanceOf(Map.class);
        return new LinkedHashMap<>((Map<?, ?>) Objects.requireNonNull(value));
    }

    /** Return every text in a document. */
    private static void texts(Object value, List<String> found) {
        if (value instanceof Map<?, ?> entries) {
            entries.values().forEach(each -> texts(each, found));
        } else if (value instanceof Collection<?> elements) {
            elements.forEach(each -> texts(each, found));
        } else if (value != null) {
            found.add(value.toString());
        }
    }

    private static void assertCallsAreUnderstood(String text) {
        Matcher calls = CALL.matcher(text);
        List<String> commands = new ArrayList<>();
        while (calls.find()) {
            String[] words = calls.group(1).strip().split(" +", -1);
            commands.add(words[0]);
            // Throws if a word is not understood.
            assertThat(new CommandLine(Main.specification()).parseArgs(words).subcommand())
                    .isNotNull();
        }
        assertThat(commands).contains("images", "run", "merge");
        assertThat(text).contains("--shard auto");
    }

    @Test
    void theExamplesInYamlAreYamlAndCallWhatThereIs() throws IOException {
        List<String> yaml = blocks("yaml");
        assertThat(yaml).hasSize(3);
        for (String block : yaml) {
            List<Object> parsed =
                    StreamSupport.stream(documents(block).spliterator(), false).toList();
            assertThat(parsed).hasSize(1);
            List<String> texts = new ArrayList<>();
            texts(parsed.get(0), texts);
            assertCallsAreUnderstood(String.join("\n", texts));
        }
    }

    @Test
    void githubIsToldTheShare() throws IOException {
        Map<Object, Object> workflow =
                map(documents(blocks("yaml").get(0)).iterator().next());
        Map<Object, Object> jobs = map(workflow.get("jobs"));
        Map<Object, Object> part = map(jobs.get("part"));
        assertThat(map(part.get("env")))
                .isEqualTo(Map.of(
                        "STRATEGY_JOB_INDEX",
                        "${{ strategy.job-index }}",
                        "STRATEGY_JOB_TOTAL",
                        "${{ strategy.job-total }}"));
        assertThat(map(map(part.get("strategy")).get("matrix"))).hasSize(1);
        for (Object job : jobs.values()) {
            assertThat(map(job)).containsKeys("runs-on", "steps");
            assertThat((List<?>) map(job).get("steps"))
                    .allSatisfy(step -> assertThat(
                                    map(step).containsKey("run") ^ map(step).containsKey("uses"))
                            .isTrue());
            Object needs = map(job).get("needs");
            assertThat(needs == null || jobs.containsKey(needs)).isTrue();
        }
    }

    @Test
    void gitlabAndBuildkiteRunInParallel() throws IOException {
        Map<Object, Object> gitlab =
                map(documents(blocks("yaml").get(1)).iterator().next());
        assertThat(map(gitlab.get("parts"))).containsEntry("parallel", 4);
        assertThat((List<?>) gitlab.get("stages"))
                .allSatisfy(stage -> assertThat(gitlab.values())
                        .filteredOn(Map.class::isInstance)
                        .anySatisfy(job -> assertThat(map(job)).containsEntry("stage", stage)));
        Map<Object, Object> buildkite =
                map(documents(blocks("yaml").get(2)).iterator().next());
        assertThat((List<?>) buildkite.get("steps"))
                .anySatisfy(step -> assertThat(map(step)).containsEntry("parallelism", 4));
    }

    @Test
    void theJenkinsfileIsGroovyAndCallsWhatThereIs() throws IOException {
        List<String> groovy = blocks("groovy");
        assertThat(groovy).hasSize(1);
        parse(groovy.get(0));
        assertThatThrownBy(() -> parse(groovy.get(0).replaceFirst("stages \\{", "stages {{")))
                .isNotNull();
        assertCallsAreUnderstood(groovy.get(0));
        assertThat(groovy.get(0)).contains("JENKINS_SHARD_INDEX", "JENKINS_SHARD_TOTAL = '4'");
    }

    /** Groovy's own parser; what the words mean is known to Jenkins only. */
    private static void parse(String script) {
        CompilationUnit unit = new CompilationUnit();
        unit.addSource("Jenkinsfile", script);
        unit.compile(Phases.CONVERSION);
    }

    private static UnitList units(int count) {
        List<Unit> units = IntStream.range(0, count)
                .mapToObj(number -> new Unit(
                        "Test" + number + "/bookworm/builtin",
                        "Test" + number,
                        "bookworm",
                        "builtin",
                        "Test" + number,
                        new UnitNeeds(1 + number % 2, 3776 + number % 3, 2048, 14100, 80),
                        new UnitInputs("0", List.of(new UnitInputs.Part("image", "1".repeat(200), "\"quoted\": #")))))
                .toList();
        return new UnitList("1", UnitPlace.UNKNOWN, units.stream().map(Unit::id).toList(), units);
    }

    private static KubernetesJob job(String kvm, String images, int count) {
        return new KubernetesJob(
                "vmtest-1",
                "registry.example/vmtest:1",
                new KubernetesJob.Claims("vmtest-results", images),
                kvm,
                8,
                units(count),
                List.of("--installer", "curtin=/opt/my curtin"));
    }

    private static List<JsonElement> json(String yaml) {
        return StreamSupport.stream(documents(yaml).spliterator(), false)
                .map(new Gson()::toJsonTree)
                .toList();
    }

    @Test
    void theJobIsAsThePublishedApiSays() throws IOException {
        for (KubernetesJob each : List.of(
                job("", "", 3), job("devices.kubevirt.io/kvm", "vmtest-images", 3), job("", "vmtest-images", 1))) {
            List<JsonElement> documents = json(each.yaml());
            assertThat(documents).hasSize(2);
            // Throw where a field is unknown, missing or of another type.
            V1ConfigMap.validateJsonElement(documents.get(0));
            V1Job.validateJsonElement(documents.get(1));
            JsonObject wrong = documents.get(1).getAsJsonObject();
            wrong.getAsJsonObject("spec").addProperty("completionMood", "Indexed");
            assertThatThrownBy(() -> V1Job.validateJsonElement(wrong)).hasMessageContaining("completionMood");
        }
    }

    @Test
    void theJobRetriesHostsAndFailsProducts() throws IOException {
        List<JsonElement> documents =
                json(job("devices.kubevirt.io/kvm", "vmtest-images", 3).yaml());
        V1Job job = V1Job.fromJson(documents.get(1).toString());
        var spec = job.getSpec();
        assertThat(spec.getCompletionMode()).isEqualTo("Indexed");
        assertThat(spec.getCompletions()).isEqualTo(3);
        assertThat(spec.getParallelism()).isEqualTo(3);
        assertThat(spec.getBackoffLimitPerIndex()).isEqualTo(1);
        var rules = spec.getPodFailurePolicy().getRules();
        assertThat(rules)
                .extracting(rule -> rule.getAction())
                .containsExactly("Ignore", "FailIndex", "FailJob", "Count");
        assertThat(rules.get(1).getOnExitCodes().getValues()).containsExactly(1);
        assertThat(rules.get(3).getOnExitCodes().getValues()).contains(3).isSorted();
        var pod = spec.getTemplate().getSpec();
        assertThat(pod.getRestartPolicy()).isEqualTo("Never");
        assertThat(pod.getActiveDeadlineSeconds()).isEqualTo(14100);
        var container = pod.getContainers().get(0);
        assertThat(container.getName()).isEqualTo("vmtest");
        assertThat(container.getResources().getLimits())
                .hasEntrySatisfying(
                        "devices.kubevirt.io/kvm",
                        limit -> assertThat(limit.getNumber()).isEqualByComparingTo("1"));
        assertThat(container.getResources().getRequests())
                .hasEntrySatisfying(
                        "cpu", request -> assertThat(request.getNumber()).isEqualByComparingTo("2"));
        assertThat(container.getEnv()).anySatisfy(variable -> {
            assertThat(variable.getName()).isEqualTo("JOB_COMPLETIONS");
            assertThat(variable.getValue()).isEqualTo("3");
        });
        List<String> mounted = container.getVolumeMounts().stream()
                .map(mount -> mount.getName())
                .toList();
        assertThat(pod.getVolumes().stream().map(volume -> volume.getName()).toList())
                .containsExactlyInAnyOrderElementsOf(mounted)
                .contains("results", "units", "images");
        List<String> words = new ArrayList<>(container.getCommand());
        words.addAll(container.getArgs());
        assertThat(words.remove(0)).isEqualTo("vmtest");
        assertThat(new CommandLine(Main.specification())
                        .parseArgs(words.toArray(String[]::new))
                        .subcommand())
                .isNotNull();
        assertThat(words).contains("curtin=/opt/my curtin");
        V1ConfigMap map = V1ConfigMap.fromJson(documents.get(0).toString());
        assertThat(map.getData().get("units.json")).contains("Test2/bookworm/builtin", "\\\"quoted\\\": #");
        assertThat(map.getMetadata().getName())
                .isEqualTo(pod.getVolumes().stream()
                        .filter(volume -> volume.getName().equals("units"))
                        .findFirst()
                        .orElseThrow()
                        .getConfigMap()
                        .getName());
    }

    @Test
    void whatKubernetesWouldRefuseIsRefused() {
        assertThatThrownBy(() -> job("", "", 0)).isInstanceOf(MistakeException.class);
        assertThatThrownBy(() -> job("", "", 3000).yaml())
                .isInstanceOf(MistakeException.class)
                .hasMessageContaining("--shard I/N");
        assertThatThrownBy(() ->
                        new KubernetesJob("My_Job", "i", new KubernetesJob.Claims("r", ""), "", 8, units(1), List.of()))
                .hasMessageContaining("--name 'My_Job'");
    }
}
