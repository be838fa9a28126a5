package io.github.flux4j.format;

import java.io.IOException;

/** A file that can't be read as what was asked for: what was expected, what came, where, and what to do, in one sentence. */
public final class ModelFileException extends IOException {

    private static final long serialVersionUID = 1;

    private static final int SHOWN = 60;

    /** Letters of a message's begin and of its end that are always kept; between them a file may have had its say. */
    private static final int BEGIN = 700;

    private static final int END = 300;

    /** What a terminal obeys, or shows elsewhere than where it stands: control characters, marks of direction, line breaks. */
    private static final String UNPRINTABLE = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";

    /** With its sentence. */
    public ModelFileException(String message) {
        super(printable(message));
    }

    /** With what led to it. */
    public ModelFileException(String message, Throwable cause) {
        super(printable(message), cause);
    }

    /** What flux4j writes in no file, so that it makes no sense to copy that again. */
    public static ModelFileException foreign(String message) {
        return new ModelFileException(message + "; it was not written by flux4j");
    }

    /** The same, said of a file. */
    public ModelFileException in(String file) {
        return new ModelFileException(file + ": " + getMessage(), this);
    }

    /** What is quoted of a file deep down, by those who know nothing of files, has no line breaks and an end, too. */
    static String printable(String message) {
        int length = message.length();
        String cut =
                length <= BEGIN + END ? message : message.substring(0, BEGIN) + " … " + message.substring(length - END);
        return cut.replaceAll(UNPRINTABLE, "?");
    }

    /** Text of a file as a message can show it: no line breaks, no end without end. */
    public static String shown(String text) {
        String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return '"' + cut.replaceAll(UNPRINTABLE, "?") + '"';
    }
}
