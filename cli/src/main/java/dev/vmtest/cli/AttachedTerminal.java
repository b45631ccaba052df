package dev.vmtest.cli;

import dev.vmtest.machine.ConsoleTerminal;
import dev.vmtest.process.Command;
import dev.vmtest.process.ProcessException;
import dev.vmtest.process.Processes;
import dev.vmtest.process.Running;
import dev.vmtest.text.PlainTrouble;
import dev.vmtest.text.TextResource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Attach the terminal of the command to the console of a guest, with the keys that QEMU has on its own.
 *
 * <p>While it is open each key goes to the guest as it is pressed, Ctrl-C too; Ctrl-a begins a command.
 */
final class AttachedTerminal implements ConsoleTerminal, AutoCloseable {

    private static final int ESCAPE = 1;
    private static final String HELP = """

            Ctrl-a h  this help
            Ctrl-a x  leave: the guest and the run end, nothing is judged
            Ctrl-a p  press the power button: the guest powers off in order and the test goes on
            Ctrl-a a  send Ctrl-a
            """;

    private final PrintStream out;
    private final @Nullable Running rawTerminal;
    private volatile @Nullable Keys keys;
    private boolean escaped;

    private AttachedTerminal(PrintStream out, @Nullable Running rawTerminal) {
        this.out = out;
        this.rawTerminal = rawTerminal;
    }

    /**
     * Attach standard input and output.
     *
     * @throws ProcessException if the terminal cannot be set
     */
    static AttachedTerminal open(PrintStream out, Processes processes) throws ProcessException {
        Running raw = processes.startInteractive(Command.of("sh", "-c", script(), "vmtest-terminal"));
        AttachedTerminal terminal = new AttachedTerminal(out, raw);
        terminal.follow(System.in);
        return terminal;
    }

    /** Attach streams, for tests. */
    static AttachedTerminal of(InputStream in, PrintStream out) {
        AttachedTerminal terminal = new AttachedTerminal(out, null);
        terminal.follow(in);
        return terminal;
    }

    private static String script() {
        return TextResource.beside(AttachedTerminal.class, "raw-terminal.sh");
    }

    private void follow(InputStream in) {
        Thread reader = new Thread(() -> read(in), "terminal-keys");
        reader.setDaemon(true);
        reader.start();
    }

    /** Hand keys on until there are no more; the guest is not told that, for it may have more to do. */
    private void read(InputStream in) {
        byte[] buffer = new byte[4096];
        try {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                pressed(buffer, length);
            }
        } catch (IOException gone) {
            out.println("vmtest: the keys of the terminal can no longer be read: " + PlainTrouble.of(gone));
        }
    }

    private void pressed(byte[] data, int length) {
        ByteArrayOutputStream typed = new ByteArrayOutputStream();
        for (int index = 0; index < length; index++) {
            int key = data[index];
            if (escaped) {
                escaped = false;
                command(key, typed);
            } else if (key == ESCAPE) {
                escaped = true;
            } else {
                typed.write(key);
            }
        }
        Keys guest = keys;
        if (guest != null && typed.size() > 0) {
            guest.type(typed.toByteArray());
        }
    }

    private void command(int key, ByteArrayOutputStream typed) {
        Keys guest = keys;
        switch (key) {
            case 'x', 'X' -> {
                if (guest != null) {
                    guest.leave();
                }
            }
            case 'p', 'P' -> {
                if (guest != null) {
                    guest.powerButton();
                }
            }
            case 'a', ESCAPE -> typed.write(ESCAPE);
            default -> {
                out.print(HELP);
                out.flush();
            }
        }
    }

    @Override
    public void attach(Keys machine) {
        keys = machine;
    }

    /** What the guest writes reaches the terminal as it is: the person asked for its console. */
    @Override
    public void show(byte[] data, int length) {
        out.write(data, 0, length);
        out.flush();
    }

    /** Give the terminal back as it was found. */
    @Override
    public void close() {
        keys = null;
        if (rawTerminal != null) {
            rawTerminal.close();
        }
    }
}
