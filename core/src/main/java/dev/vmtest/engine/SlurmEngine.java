package dev.vmtest.engine;

import dev.vmtest.files.NewFile;
import dev.vmtest.process.Command;
import dev.vmtest.process.Completed;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.result.UnitNeeds;
import dev.vmtest.session.InfrastructureException;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Run units as jobs of Slurm: one array for all units with the same needs. Slurm's own variables choose partition and
 * account (sbatch(1), {@code SBATCH_PARTITION}).
 *
 * <p>Slurm does not start a lost job again by itself, or a unit might run twice: whoever calls submits it again.
 */
public final class SlurmEngine implements Engine {

    /** Slurm's own limit of an array is 1001 unless its MaxArraySize says otherwise (slurm.conf(5)). */
    private static final int LARGEST_ARRAY = 1000;

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    /** So long the controller may be away: it is restarted, and jobs go on meanwhile. */
    private static final Duration ABSENCE = Duration.ofMinutes(15);

    private static final Pattern SUBMITTED = Pattern.compile("(?m)^([0-9]+)(;.*)?$");
    private static final Pattern LINE = Pattern.compile("([0-9]+_[0-9]+)\\|([A-Z_]+)\\|([^|]*)\\|(.*)");

    private final EngineFiles files;
    private final int limit;
    private final Processes processes;
    private final SlurmLooks looks = new SlurmLooks(BETWEEN_LOOKS, ABSENCE);
    private final Map<String, Attempt> live = new LinkedHashMap<>();
    private final Map<String, Integer> unseen = new TreeMap<>();
    private final List<Ending> refused = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private final TreeSet<String> told = new TreeSet<>();
    private int arrays;

    /** Say what a state of squeue(1) means for a job. */
    private enum Means {
        GOES_ON,
        ENDED,
        LOST;

        static Means of(String state) {
            return switch (state) {
                case "COMPLETED", "FAILED" -> ENDED;
                case "BOOT_FAIL",
                        "CANCELLED",
                        "DEADLINE",
                        "NODE_FAIL",
                        "OUT_OF_MEMORY",
                        "PREEMPTED",
                        "REVOKED",
                        "TIMEOUT" -> LOST;
                default -> GOES_ON;
            };
        }
    }

    /**
     * Make an engine.
     *
     * @param topdir the directory of the run, which every node sees
     * @param limit how many units run at a time; 0 leaves it to Slurm
     */
    public SlurmEngine(Path topdir, int limit, Processes processes) {
        this.files = new EngineFiles(topdir);
        this.limit = limit;
        this.processes = processes;
    }

    @Override
    public String describe() {
        return "slurm";
    }

    @Override
    public void submit(List<Attempt> attempts) {
        Map<UnitNeeds, List<Attempt>> sizes = attempts.stream()
                .collect(Collectors.groupingBy(
                        attempt -> size(attempt.unit().needs()), LinkedHashMap::new, Collectors.toList()));
        for (List<Attempt> same : sizes.values()) {
            for (int first = 0; first < same.size(); first += LARGEST_ARRAY) {
                submitArray(same.subList(first, Math.min(same.size(), first + LARGEST_ARRAY)));
            }
        }
    }

    /** What is expected is no need: units that differ in nothing else are one array. */
    private static UnitNeeds size(UnitNeeds needs) {
        return new UnitNeeds(needs.cores(), needs.memory(), 0, needs.seconds(), 0);
    }

    private void submitArray(List<Attempt> same) {
        arrays++;
        boolean isFirst = live.isEmpty() && arrays == 1;
        try {
            Path script = write(same);
            Completed completed = processes.run(sbatch(script, same), TIMEOUT);
            Matcher submitted = SUBMITTED.matcher(completed.stdout());
            if (!completed.succeeded() || !submitted.find()) {
                throw new InfrastructureException(
                        "sbatch took no job: " + last(completed.stderr(), "exit status " + completed.exitStatus()));
            }
            for (int index = 0; index < same.size(); index++) {
                live.put(submitted.group(1) + "_" + (index + 1), same.get(index));
            }
            noteJobs();
        } catch (ProcessException | IOException trouble) {
            refuse(
                    same,
                    isFirst,
                    new InfrastructureException("no job can be given to Slurm: " + said(trouble), trouble));
        } catch (InfrastructureException trouble) {
            refuse(same, isFirst, trouble);
        }
    }

    private static String said(Exception trouble) {
        return trouble instanceof ProcessException broken
                ? broken.problem()
                : trouble instanceof IOException failed
                        ? PlainTrouble.of(failed)
                        : String.valueOf(trouble.getMessage());
    }

    /** A scheduler that takes nothing at all ends the run; later each unit is told of by itself. */
    private void refuse(List<Attempt> same, boolean isFirst, InfrastructureException trouble) {
        if (isFirst) {
            throw trouble;
        }
        same.forEach(attempt -> refused.add(new Ending(attempt, String.valueOf(trouble.getMessage()), false)));
    }

    private Path write(List<Attempt> same) throws IOException {
        Path directory = Files.createDirectories(files.array(arrays));
        Path list = NewFile.write(
                directory.resolve("list"),
                same.stream().map(attempt -> attempt.script() + "\n").collect(Collectors.joining()));
        return NewFile.write(directory.resolve("array.sh"), """
                #!/bin/sh
                script=$(sed -n "${SLURM_ARRAY_TASK_ID}p" %s)
                exec "$script" >>"${script%%/*}/output.log" 2>&1
                """.formatted(list));
    }

    private Command sbatch(Path script, List<Attempt> same) {
        UnitNeeds needs = same.get(0).unit().needs();
        return Command.of(
                "sbatch",
                "--parsable",
                "--job-name=vmtest",
                "--array=1-" + same.size() + (limit > 0 ? "%" + limit : ""),
                "--nodes=1",
                "--ntasks=1",
                "--cpus-per-task=" + needs.cores(),
                "--mem=" + needs.memory() + "M",
                "--time=" + (needs.seconds() + 59) / 60,
                "--no-requeue",
                "--output=" + script.resolveSibling("%a.log"),
                script.toString());
    }

    /** Whoever cancels the jobs of a killed run finds their numbers here. */
    private void noteJobs() throws IOException {
        TreeSet<String> jobs = new TreeSet<>();
        live.keySet().forEach(task -> jobs.add(job(task)));
        if (jobs.isEmpty()) {
            Files.deleteIfExists(files.jobs());
        } else {
            var unused = NewFile.write(files.jobs(), String.join("\n", jobs) + "\n");
        }
    }

    private static String job(String task) {
        return task.substring(0, task.indexOf('_'));
    }

    @Override
    public List<Ending> ended() {
        List<Ending> ended = new ArrayList<>(refused);
        refused.clear();
        if (live.isEmpty() || !looks.isDue()) {
            return ended;
        }
        try {
            Completed completed = processes.run(squeue(), TIMEOUT);
            if (completed.succeeded() || completed.stderr().contains("Invalid job id")) {
                looks.succeeded();
                take(completed.stdout(), ended);
                noteJobs();
            } else {
                failed(last(completed.stderr(), "exit status " + completed.exitStatus()), ended);
            }
        } catch (ProcessException | IOException trouble) {
            failed(said(trouble), ended);
        }
        return ended;
    }

    private Command squeue() {
        TreeSet<String> jobs = new TreeSet<>();
        live.keySet().forEach(task -> jobs.add(job(task)));
        return Command.of(
                "squeue",
                "--array",
                "--noheader",
                "--states=all",
                "--format=%i|%T|%N|%r",
                "--jobs=" + String.join(",", jobs));
    }

    private void take(String queue, Collection<Ending> ended) {
        TreeSet<String> seen = new TreeSet<>();
        TreeMap<String, Integer> waits = new TreeMap<>();
        queue.lines().map(LINE::matcher).filter(Matcher::matches).forEach(line -> {
            String task = line.group(1);
            Attempt attempt = live.get(task);
            if (attempt == null) {
                return;
            }
            seen.add(task);
            String state = line.group(2);
            Means means = Means.of(state);
            if (means != Means.GOES_ON) {
                live.remove(task);
                String node = Printable.line(line.group(3));
                ended.add(new Ending(
                        attempt,
                        "job " + task + " is " + state + (node.isEmpty() ? "" : " on node " + node),
                        means == Means.ENDED));
            } else if (state.equals("PENDING")) {
                waits.merge(Printable.line(line.group(4)), 1, Integer::sum);
            }
        });
        tellWaits(waits);
        forget(seen, ended);
    }

    /** A job that has ended is forgotten by Slurm some minutes later (slurm.conf(5), MinJobAge). */
    private void forget(Set<String> seen, Collection<Ending> ended) {
        for (String task : List.copyOf(live.keySet())) {
            if (seen.contains(task)) {
                unseen.remove(task);
            } else if (unseen.merge(task, 1, Integer::sum) > 2) {
                Attempt attempt = live.remove(task);
                if (attempt != null) {
                    ended.add(new Ending(attempt, "job " + task + " is not known to Slurm any more", true));
                }
            }
        }
    }

    /** That others are before it is what a queue is for; every other reason is worth a word, once. */
    private void tellWaits(Map<String, Integer> waits) {
        waits.forEach((reason, jobs) -> {
            boolean isUsual = reason.matches("None|Priority|Resources|JobArrayTaskLimit|BeginTime|");
            if (!isUsual && told.add(reason)) {
                news.add("slurm: " + jobs + (jobs == 1 ? " unit waits: " : " units wait: ") + reason);
            }
        });
    }

    private void failed(String why, Collection<Ending> ended) {
        if (looks.failed()) {
            live.values().forEach(attempt -> ended.add(new Ending(attempt, "Slurm does not answer: " + why, false)));
            live.clear();
        } else if (told.add("squeue")) {
            news.add("slurm: squeue failed, and is asked again: " + why);
        }
    }

    private static String last(String text, String otherwise) {
        return text.lines()
                .filter(line -> !line.isBlank())
                .reduce((earlier, later) -> later)
                .map(Printable::line)
                .orElse(otherwise);
    }

    @Override
    public void judged(Attempt attempt, boolean hasResult) {
        // Slurm itself takes a node out of use that does not answer.
    }

    @Override
    public List<String> news() {
        List<String> all = List.copyOf(news);
        news.clear();
        return all;
    }

    /** The guard of the run cancels the jobs: it also can when this JVM is killed. */
    @Override
    public void close() {
        live.clear();
    }
}
