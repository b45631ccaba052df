package dev.vmtest.engine;

import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/**
 * Run each unit by a command of the user's. Of several commands each takes units of its own, as many at a time as were
 * asked for; one that loses units one after another is left alone while there are others.
 */
public final class CommandEngine implements Engine {

    /** So many losses in a row are the host's fault, and not a unit's that brings its host down. */
    private static final int LOSSES = 2;

    /** With these vmtest has run something; others are of a usage error, of a signal, or of whatever started it. */
    private static final Set<Integer> OWN_STATUSES = Set.of(0, 1, 3);

    private final Processes processes;
    private final List<Place> places = new ArrayList<>();
    private final Deque<Attempt> waiting = new ArrayDeque<>();
    private final Map<Attempt, Place> takers = new HashMap<>();
    private final Map<String, Place> lostAt = new HashMap<>();
    private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    private final List<String> news = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();

    /** Hold one command, and how it does. */
    private static final class Place {

        private final CommandTemplate template;
        private int free;
        private int losses;

        Place(CommandTemplate template, int slots) {
            this.template = template;
            this.free = slots;
        }

        boolean isTrusted() {
            return losses < LOSSES;
        }
    }

    /**
     * Make an engine.
     *
     * @param templates the commands, as the user wrote them
     * @param slots how many units each of them runs at a time
     * @throws dev.vmtest.text.MistakeException if a command has no place for what it is to run
     */
    public CommandEngine(List<String> templates, int slots, Processes processes) {
        this.processes = processes;
        templates.forEach(text -> places.add(new Place(new CommandTemplate(text), slots)));
    }

    @Override
    public String describe() {
        return places.stream().map(place -> place.template.text()).collect(Collectors.joining("; "));
    }

    @Override
    public void submit(List<Attempt> attempts) {
        waiting.addAll(attempts);
        startWhatFits();
    }

    private void startWhatFits() {
        List<Attempt> left = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Attempt attempt = waiting.remove();
            Optional<Place> place = place(attempt);
            place.ifPresentOrElse(taker -> start(attempt, taker), () -> left.add(attempt));
        }
        waiting.addAll(left);
    }

    /** What was lost at one place goes to another, if there is another one that is to be trusted. */
    private Optional<Place> place(Attempt attempt) {
        boolean anyTrusted = places.stream().anyMatch(Place::isTrusted);
        List<Place> usable = places.stream()
                .filter(place -> place.isTrusted() || !anyTrusted)
                .toList();
        Place former = lostAt.get(attempt.unit().id());
        List<Place> others = usable.stream().filter(place -> place != former).toList();
        return (others.isEmpty() ? usable : others)
                .stream().filter(place -> place.free > 0).findFirst();
    }

    private void start(Attempt attempt, Place place) {
        place.free--;
        takers.put(attempt, place);
        try {
            Running process = processes.start(Command.of("sh", "-c", place.template.line(attempt)), attempt.output());
            running.add(process);
            var unused = process.exit()
                    .thenAccept(status ->
                            endings.add(new Ending(attempt, "exit status " + status, OWN_STATUSES.contains(status))));
        } catch (ProcessException refused) {
            endings.add(new Ending(attempt, refused.problem(), false));
        }
    }

    @Override
    public List<Ending> ended() {
        List<Ending> ended = new ArrayList<>();
        endings.drainTo(ended);
        running.removeIf(process -> !process.isAlive());
        return ended;
    }

    @Override
    public void judged(Attempt attempt, boolean hasResult) {
        Place place = takers.remove(attempt);
        if (place == null) {
            return;
        }
        place.free++;
        place.losses = hasResult ? 0 : place.losses + 1;
        if (!hasResult) {
            lostAt.put(attempt.unit().id(), place);
            if (place.losses == LOSSES && places.size() > 1) {
                news.add("'" + place.template.text() + "' lost " + LOSSES
                        + " units one after another, and gets no more while another engine does better");
            }
        }
        startWhatFits();
    }

    @Override
    public List<String> news() {
        List<String> told = List.copyOf(news);
        news.clear();
        return told;
    }

    @Override
    public void close() {
        waiting.clear();
        // All are asked to end before any is waited for.
        running.forEach(Running::terminate);
        running.forEach(Running::close);
    }
}
