package io.github.flux4j.format;

import java.io.IOException;

/** Thrown when a file can't be read as requested; one sentence says what was expected, what came, where, and what to do. */
public final class ModelFileException extends IOException {

    private static final long serialVersionUID = 1;

    private static final int SHOWN = 60;

    /** The numbers of letters at a message's start and end that are always kept; the middle may be the file's. */
    private static final int BEGIN = 700;

    private static final int END = 300;

    /** What a terminal obeys or displays out of place: control characters, direction marks, line breaks. */
    private static final String UNPRINTABLE = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";

    /** Makes an exception with this sentence. */
    public ModelFileException(String message) {
        super(printable(message));
    }

    /** Makes an exception with this sentence and a cause. */
    public ModelFileException(String message, Throwable cause) {
        super(printable(message), cause);
    }

    /** Makes an exception for content that flux4j never writes, so that copying the file again won't help. */
    public static ModelFileException foreign(String message) {
        return new ModelFileException(message + "; it was not written by flux4j");
    }

    /** Returns the exception with the file's name in front. */
    public ModelFileException in(String file) {
        return new ModelFileException(file + ": " + getMessage(), this);
    }

    /** Cleans and shortens a message, since code that knows nothing of files quotes them, too. */
    static String printable(String message) {
        int length = message.length();
        String cut =
                length <= BEGIN + END ? message : message.substring(0, BEGIN) + " … " + message.substring(length - END);
        return cut.replaceAll(UNPRINTABLE, "?");
    }

    /** Quotes text of a file for a message, shortened and without control characters. */
    public static String shown(String text) {
        String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return '"' + cut.replaceAll(UNPRINTABLE, "?") + '"';
    }
}
