package dev.vmtest.image;

/** Show a text that a server sent, without letting it act on a terminal. */
final class Printable {

    private static final int LONGEST = 200;

    private Printable() {}

    static String of(String text) {
        String visible = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return visible.length() > LONGEST ? visible.substring(0, LONGEST) + "…" : visible;
    }
}
