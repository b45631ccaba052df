package dev.vmtest.publish;

/**
 * Hold something that changed on a page that is shown.
 *
 * @param name what kind of change it is, a word
 * @param data about it, without line ends
 */
public record LiveChange(String name, String data) {

    public LiveChange {
        if (!name.matches("[a-z]+") || data.indexOf('\n') >= 0 || data.indexOf('\r') >= 0) {
            throw new IllegalArgumentException("a change is told by one line");
        }
    }

    /** Return it as a stream of events has it (HTML Living Standard, section 9.2.5). */
    String line() {
        return "event: " + name + "\ndata: " + data + "\n\n";
    }
}
