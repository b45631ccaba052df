package dev.vmtest.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Run no machine, but say what one said. */
public final class FakeMachines implements Machines {

    private final Function<MachineRequest, Script> scripts;

    public FakeMachines(Function<MachineRequest, Script> scripts) {
        this.scripts = scripts;
    }

    /** Start machines for a test that plays them itself. */
    @FunctionalInterface
    public interface Starter {
        Machine start(MachineRequest request) throws MachineException;
    }

    /** Return machines that a test plays itself. */
    public static Machines played(Starter starter) {
        return new Machines() {
            @Override
            public Machine start(MachineRequest request) throws MachineException {
                return starter.start(request);
            }

            @Override
            public List<String> commandLine(MachineRequest request) {
                return List.of("play", request.spec().architecture().debianName());
            }
        };
    }

    /** Hold what a machine writes to its console and how it ends. */
    public record Script(String console, MachineEnd end) {}

    @Override
    public Machine start(MachineRequest request) throws MachineException {
        Script script = scripts.apply(request);
        Console console = new Console(
                () -> 0,
                request.dialogue().listener(),
                null,
                request.dialogue().fatal(),
                request.dialogue().answers());
        byte[] bytes = script.console().getBytes(StandardCharsets.UTF_8);
        try {
            console.accept(bytes, bytes.length);
        } catch (IOException impossible) {
            throw new MachineException("no copy is written", impossible);
        }
        Optional<ConsoleFinding> fatal =
                console.fatal().filter(finding -> request.dialogue().fatal().contains(finding.pattern()));
        return new FakeMachine(
                console,
                fatal.<MachineEnd>map(
                                finding -> new MachineEnd.Doomed(script.end().vmTime(), finding))
                        .orElse(script.end()),
                Optional.empty());
    }

    @Override
    public List<String> commandLine(MachineRequest request) {
        return List.of("play", request.spec().architecture().debianName());
    }

    /** Return a machine that wrote to its console and has ended, for tests of other packages. */
    public static Machine ended(MachineRequest request, String console, MachineEnd end) throws MachineException {
        return new FakeMachines(any -> new Script(console, end)).start(request);
    }

    /** Return a machine that wrote to its console and has ended, after it got a share of the processors. */
    public static Machine ended(MachineRequest request, String console, MachineEnd end, ProcessorShare share)
            throws MachineException {
        FakeMachine machine = (FakeMachine) ended(request, console, end);
        return new FakeMachine(machine.console(), machine.end(), Optional.of(share));
    }

    /** Let a console without a machine say something, for tests of other packages. */
    public static void speak(String text, ConsoleListener listener) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            new Console(() -> 0, listener, null).accept(bytes, bytes.length);
        } catch (IOException impossible) {
            throw new UncheckedIOException("no copy is written", impossible);
        }
    }

    private record FakeMachine(Console console, MachineEnd end, Optional<ProcessorShare> processors)
            implements Machine {

        @Override
        public CompletableFuture<MachineEnd> ended() {
            return CompletableFuture.completedFuture(end);
        }

        @Override
        public void activity() {}

        @Override
        public void cancel() {}

        @Override
        public List<String> commandLine() {
            return List.of();
        }

        @Override
        public void close() {}
    }
}
