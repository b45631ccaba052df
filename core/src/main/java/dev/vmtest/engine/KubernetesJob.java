package dev.vmtest.engine;

import dev.vmtest.plan.WorkShare;
import dev.vmtest.report.ResultFiles;
import dev.vmtest.result.Unit;
import dev.vmtest.result.UnitList;
import dev.vmtest.result.UnitNeeds;
import dev.vmtest.text.MistakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Write an Indexed Job of Kubernetes that runs units, one in each of its pods, and the ConfigMap with their list. All
 * pods are as large as the largest unit wants.
 *
 * @param name of the Job; its pods are called by it and their index
 * @param image the container image, in which vmtest and QEMU are
 * @param claims the volumes
 * @param kvm the resource by which a node offers /dev/kvm; empty to emulate
 * @param parallelism how many pods run at a time
 * @param units what is to run
 * @param options further words of {@code vmtest run}
 */
public record KubernetesJob(
        String name, String image, Claims claims, String kvm, int parallelism, UnitList units, List<String> options) {

    /**
     * Name the claims of volumes.
     *
     * @param results the volume that takes the topdir of each pod
     * @param images the volume with vmtest's images; empty if they are in the container image
     */
    public record Claims(String results, String images) {}

    /** A pod's name ends in the index and five letters, and is no longer than a label (RFC 1123). */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,40}[a-z0-9])?");

    /** A ConfigMap holds 1 MiB at most (Kubernetes, ConfigMaps). */
    private static final int LARGEST_MAP = 1 << 20;

    private static final String IMAGES_MOUNT = """
            - name: images
              mountPath: /srv/images
              readOnly: true
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Hold it.
     *
     * @throws MistakeException if Kubernetes would refuse it
     */
    public KubernetesJob {
        options = List.copyOf(options);
        if (!NAME.matcher(name).matches()) {
            throw new MistakeException("--name '" + name + "': Kubernetes takes lower-case letters, digits and '-', 42"
                    + " characters at most, such as vmtest-1");
        }
        if (units.units().isEmpty()) {
            throw new MistakeException("no unit is left for the Job");
        }
    }

    /**
     * Return both documents as YAML.
     *
     * @throws MistakeException if the list of units is too large for a ConfigMap
     */
    public String yaml() {
        String list = ResultFiles.text(units);
        if (list.getBytes(StandardCharsets.UTF_8).length > LARGEST_MAP) {
            throw new MistakeException("the list of " + units.units().size() + " units is larger than the 1 MiB that a"
                    + " ConfigMap holds; print several Jobs, each with --shard I/N");
        }
        return configMap(list) + "---\n" + job();
    }

    private String configMap(String list) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s-units
                data:
                  units.json: |
                %s
                """.formatted(name, list.lines().map(line -> "    " + line).collect(Collectors.joining("\n")));
    }

    private String job() {
        int count = units.units().size();
        return """
                apiVersion: batch/v1
                kind: Job
                metadata:
                  name: %s
                spec:
                  completionMode: Indexed
                  completions: %d
                  parallelism: %d
                  # A host may fail once: then the unit runs again.
                  backoffLimitPerIndex: 1
                  podReplacementPolicy: Failed
                  podFailurePolicy:
                    rules:
                      # The node was drained or taken away: nothing was learned.
                      - action: Ignore
                        onPodConditions:
                          - type: DisruptionTarget
                            status: "True"
                      # A test failed: running it again would hide that.
                      - action: FailIndex
                        onExitCodes:
                          containerName: vmtest
                          operator: In
                          values: [1]
                      # The command line, or an image that is not the one of the list: no pod does better.
                      - action: FailJob
                        onExitCodes:
                          containerName: vmtest
                          operator: In
                          values: [2]
                      # Trouble of the host, or an end from outside.
                      - action: Count
                        onExitCodes:
                          containerName: vmtest
                          operator: In
                          values: [3, 130, 137, 143]
                  template:
                    spec:
                      restartPolicy: Never
                      activeDeadlineSeconds: %d
                      terminationGracePeriodSeconds: 60
                """.formatted(name, count, Math.min(count, parallelism), deadline()) + container(count) + volumes();
    }

    private long deadline() {
        return units.units().stream()
                .mapToLong(unit -> unit.needs().seconds())
                .max()
                .orElse(0);
    }

    private String container(int count) {
        List<String> arguments = new ArrayList<>(
                List.of("run", "--units", "/units/units.json", "--shard", "auto", "--topdir", "/results/$(POD_NAME)"));
        arguments.addAll(options);
        return """
                      containers:
                        - name: vmtest
                          image: %s
                          command: [vmtest]
                          args: [%s]
                          env:
                            - name: POD_NAME
                              valueFrom:
                                fieldRef:
                                  fieldPath: metadata.name
                            - name: %s
                              value: "%d"
                          resources:
                            requests:
                              cpu: "%d"
                              memory: %dMi
                            limits:
                              memory: %dMi
                %s          volumeMounts:
                            - name: results
                              mountPath: /results
                            - name: units
                              mountPath: /units
                %s""".formatted(
                        quoted(image),
                        arguments.stream().map(KubernetesJob::quoted).collect(Collectors.joining(", ")),
                        WorkShare.KUBERNETES_COUNT,
                        count,
                        largest(UnitNeeds::cores),
                        largest(UnitNeeds::memory),
                        largest(UnitNeeds::memory),
                        kvm.isEmpty() ? "" : "              " + quoted(kvm) + ": \"1\"\n",
                        claims.images().isEmpty() ? "" : IMAGES_MOUNT.indent(12));
    }

    private long largest(ToLongFunction<UnitNeeds> need) {
        return units.units().stream().map(Unit::needs).mapToLong(need).max().orElse(1);
    }

    private String volumes() {
        String claimed = claims.images().isEmpty() ? "" : volume("images", claims.images());
        return "      volumes:\n" + volume("results", claims.results()) + claimed + """
                        - name: units
                          configMap:
                            name: %s-units
                """.formatted(name);
    }

    private static String volume(String name, String claim) {
        return """
                        - name: %s
                          persistentVolumeClaim:
                            claimName: %s
                """.formatted(name, quoted(claim));
    }

    /** A text of JSON is one of YAML, whatever stands in it. */
    private static String quoted(String text) {
        return JSON.writeValueAsString(text);
    }
}
