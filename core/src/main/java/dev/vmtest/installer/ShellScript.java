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

    private final ScriptText script;
    private final String text;
    private final int depth;
    private final List<List<ScriptText>> commands = new ArrayList<>();
    private final List<String> hereDocuments = new ArrayList<>();
    private List<ScriptText> words = new ArrayList<>();
    private ScriptText.Builder word = new ScriptText.Builder();
    private boolean inWord;
    private boolean skipsWord;
    private int at;

    private ShellScript(ScriptText script, int depth) {
        this.script = script;
        this.text = script.text();
        this.depth = depth;
    }

    /** Return the words of each simple command, without their quotes. */
    static List<List<ScriptText>> commands(ScriptText script) {
        return new ShellScript(script, 0).read();
    }

    private List<List<ScriptText>> read() {
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
                append(at - 1);
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
            append(at++);
        }
    }

    private void append(int index) {
        word.append(text.charAt(index), script.place(index));
    }

    private int end(int found) {
        return found < 0 ? text.length() : found;
    }

    private int lineEnd() {
        return end(text.indexOf('\n', at));
    }

    private void take(int end) {
        inWord = true;
        for (int index = at; index < end; index++) {
            append(index);
        }
        at = Math.min(text.length(), end + 1);
    }

    private void doubleQuoted() {
        inWord = true;
        int begin = word.length();
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            append(at++);
        }
        at++;
        if (depth < DEEPEST) {
            substitutions(word.from(begin));
        }
    }

    /** What stands between quotes is text, but for the scripts in it. */
    private void substitutions(ScriptText inner) {
        String quoted = inner.text();
        int from = 0;
        while (from < quoted.length()) {
            int end = from + 1;
            if (quoted.startsWith("$(", from)) {
                int open = 0;
                do {
                    end++;
                    open += quoted.charAt(end - 1) == '(' ? 1 : quoted.charAt(end - 1) == ')' ? -1 : 0;
                } while (open > 0 && end < quoted.length());
                commands.addAll(new ShellScript(inner.part(from + 2, end), depth + 1).read());
            } else if (quoted.charAt(from) == '`') {
                int close = quoted.indexOf('`', from + 1);
                end = close < 0 ? quoted.length() : close + 1;
                commands.addAll(new ShellScript(inner.part(from + 1, end), depth + 1).read());
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
            words.add(word.build());
        }
        skipsWord &= !inWord;
        inWord = false;
        word = new ScriptText.Builder();
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
