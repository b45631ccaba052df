package dev.vmtest.text;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/**
 * Say in plain English why the host refused to read or write something. The exceptions of the Java library say it for
 * programmers: the message of one may be nothing but a path, and the kind of trouble the name of its class.
 *
 * <p>The texts go behind a colon: {@code "the file F cannot be read: permission denied"}.
 */
public final class PlainTrouble {

    /** What the Java library says of a program that cannot be started (java.lang.ProcessBuilder). */
    private static final Pattern NOT_STARTED = Pattern.compile("Cannot run program .*error=\\d+, (.*)", Pattern.DOTALL);

    private PlainTrouble() {}

    /** Return why, with the file that stands in the way if the exception names one. */
    public static String of(IOException failed) {
        return of(failed, null);
    }

    /**
     * Return why.
     *
     * @param told the file that the sentence before has named already; it is not named again
     */
    public static String of(IOException failed, @Nullable Path told) {
        if (failed instanceof FileSystemException refused) {
            return of(refused, told);
        }
        if (failed instanceof UnknownHostException unknown) {
            return "no server of the name " + Printable.line(String.valueOf(unknown.getMessage())) + " is known";
        }
        if (failed instanceof NoRouteToHostException) {
            return "the network has no way to the server";
        }
        String said = failed.getMessage() == null ? "" : Printable.line(failed.getMessage());
        if (failed instanceof ConnectException) {
            return said.isEmpty() || said.equals("Connection refused") ? "the connection is refused" : said;
        }
        if (failed instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        if (failed instanceof EOFException) {
            return "it ends too early";
        }
        if (failed instanceof ClosedChannelException) {
            return "it was closed meanwhile";
        }
        Matcher program = NOT_STARTED.matcher(said);
        if (program.matches()) {
            return ofSystem(program.group(1), "its file system");
        }
        return said.isEmpty() ? "the host gives no reason" : ofSystem(said, "its file system");
    }

    /** Return why a text that should be JSON is not, as far as a person can use it. */
    public static String of(JacksonException garbage) {
        if (garbage instanceof UnexpectedEndOfInputException) {
            return "the JSON in it ends too early";
        }
        if (garbage instanceof StreamConstraintsException) {
            return "the JSON in it is nested too deeply, or a text or number of it is too long";
        }
        TokenStreamLocation place = garbage.getLocation();
        return place == null || place.getLineNr() < 1
                ? "it is not JSON"
                : "it is not JSON at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    private static String of(FileSystemException refused, @Nullable Path told) {
        String file = refused.getFile();
        boolean isTold = file == null || (told != null && file.equals(told.toString()));
        String subject = isTold ? "it" : Printable.line(file);
        if (refused instanceof NoSuchFileException) {
            return subject + (isTold ? " is not there" : " does not exist");
        }
        if (refused instanceof AccessDeniedException) {
            return isTold ? "permission denied" : "permission denied for " + subject;
        }
        if (refused instanceof FileAlreadyExistsException) {
            return subject + " exists already";
        }
        if (refused instanceof DirectoryNotEmptyException) {
            return (isTold ? "the directory" : "the directory " + subject) + " is not empty";
        }
        if (refused instanceof NotDirectoryException) {
            return subject + " is not a directory";
        }
        if (refused instanceof NotLinkException) {
            return subject + " is not a symbolic link";
        }
        if (refused instanceof FileSystemLoopException) {
            return subject + " leads in a circle of symbolic links";
        }
        if (refused instanceof AtomicMoveNotSupportedException) {
            return subject + " cannot be moved in one step to another file system";
        }
        String reason = refused.getReason();
        if (reason == null || reason.isBlank()) {
            return isTold ? "the host gives no reason" : "the host refuses " + subject + " without a reason";
        }
        String plain = ofSystem(Printable.line(reason), isTold ? "its file system" : "the file system of " + subject);
        return isTold || plain.contains(subject) ? plain : subject + ": " + plain;
    }

    /** Return what one of the system's own messages (errno(3)) means. */
    private static String ofSystem(String message, String fileSystem) {
        return switch (message.toLowerCase(Locale.ROOT)) {
            case "no space left on device" -> fileSystem + " is full (No space left on device)";
            case "disk quota exceeded" -> "the disk quota of this user is used up on " + fileSystem;
            case "read-only file system" -> fileSystem + " is read-only";
            case "too many open files" -> "this process has too many files open";
            case "is a directory" -> "it is a directory";
            case "not a directory" -> "a part of its path is a file, not a directory";
            case "broken pipe", "connection reset by peer", "connection reset" ->
                "the other side has ended the connection";
            case "input/output error" -> "the disk or its driver fails (input/output error)";
            default ->
                Character.isUpperCase(message.codePointAt(0)) && !message.contains(": ")
                        ? message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1)
                        : message;
        };
    }
}
