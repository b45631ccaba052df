package dev.vmtest.installer;

import java.util.ArrayList;
import java.util.List;

/**
 * Find the simple commands of a POSIX shell script, to see which programs it calls.
 *
 * <p>It is no shell: nothing is expanded, and what it cannot follow it takes for words. Quotes, comments, redirections,
 * here-documents and substitutions are told apart, so that what is only printed is not taken for a call.
 */
final class ShellScript {

    /** A script that writes a script that writes one … is not followed further. */
    private static final int DEEPEST = 8;

    private static final String OPERATORS = ";&|()`\n";

    private final String text;
    private final int depth;
    private final List<List<String>> commands = new ArrayList<>();
    private final List<String> hereDocuments = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private StringBuilder word = new StringBuilder();
    private boolean inWord;
    private boolean skipsWord;
    private int at;

    private ShellScript(String text, int depth) {
        this.text = text;
        this.depth = depth;
    }

    /** Return the words of each simple command, without their quotes. */
    static List<List<String>> commands(String text) {
        return new ShellScript(text, 0).read();
    }

    private List<List<String>> read() {
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '\\') {
                escaped();
            } else if (next == '\'') {
                take(end(text.indexOf('\'', at)));
            } else if (next == '"') {
                doubleQuoted();
            } else if (next == '#' && !inWord) {
                at = lineEnd();
            } else if (next == '<' || next == '>') {
                redirection(next);
            } else if (OPERATORS.indexOf(next) >= 0) {
                endCommand();
                if (next == '\n') {
                    skipHereDocuments();
                }
            } else if (next == ' ' || next == '\t') {
                endWord();
            } else if (next == '$' && at < text.length() && text.charAt(at) == '(') {
                endCommand();
            } else {
                inWord = true;
                word.append(next);
            }
        }
        endCommand();
        return commands;
    }

    private void escaped() {
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        } else if (at < text.length()) {
            inWord = true;
            word.append(text.charAt(at++));
        }
    }

    private int end(int found) {
        return found < 0 ? text.length() : found;
    }

    private int lineEnd() {
        return end(text.indexOf('\n', at));
    }

    private void take(int end) {
        inWord = true;
        word.append(text, at, end);
        at = Math.min(text.length(), end + 1);
    }

    private void doubleQuoted() {
        inWord = true;
        int begin = word.length();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            word.append(text.charAt(at++));
        }
        at++;
        if (depth < DEEPEST) {
            substitutions(word.substring(begin));
        }
    }

    /** What stands between quotes is text, but for the scripts in it. */
    private void substitutions(String quoted) {
        int from = 0;
        while (from < quoted.length()) {
            int end = from + 1;
            if (quoted.startsWith("$(", from)) {
                int open = 0;
                do {
                    end++;
                    open += quoted.charAt(end - 1) == '(' ? 1 : quoted.charAt(end - 1) == ')' ? -1 : 0;
                } while (open > 0 && end < quoted.length());
                commands.addAll(new ShellScript(quoted.substring(from + 2, end), depth + 1).read());
            } else if (quoted.charAt(from) == '`') {
                int close = quoted.indexOf('`', from + 1);
                end = close < 0 ? quoted.length() : close + 1;
                commands.addAll(new ShellScript(quoted.substring(from + 1, end), depth + 1).read());
            }
            from = end;
        }
    }

    private void redirection(char first) {
        boolean isDocument = first == '<' && text.startsWith("<", at) && !text.startsWith("<<", at);
        while (at < text.length() && "<>&|-".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        endWord();
        if (isDocument) {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            int begin = at;
            while (at < text.length() && " \t\n;&|<>()".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            hereDocuments.add(text.substring(begin, at).replaceAll("['\"\\\\]", ""));
        } else {
            skipsWord = true;
        }
    }

    private void skipHereDocuments() {
        for (String delimiter : hereDocuments) {
            boolean isOver = false;
            while (!isOver && at < text.length()) {
                int end = lineEnd();
                isOver = text.substring(at, end).strip().equals(delimiter);
                at = Math.min(text.length(), end + 1);
            }
        }
        hereDocuments.clear();
    }

    private void endWord() {
        if (inWord && !skipsWord) {
            words.add(word.toString());
        }
        skipsWord &= !inWord;
        inWord = false;
        word = new StringBuilder();
    }

    private void endCommand() {
        endWord();
        skipsWord = false;
        if (!words.isEmpty()) {
            commands.add(words);
            words = new ArrayList<>();
        }
    }
}
