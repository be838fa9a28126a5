package io.github.flux4j.predict;

import java.io.IOException;

/** A file that can't be read as what was asked for: what was expected, what came, where, and what to do, in one sentence. */
public final class ModelFileException extends IOException {

    private static final long serialVersionUID = 1;

    private static final int SHOWN = 60;

    /** With its sentence. */
    public ModelFileException(String message) {
        super(message);
    }

    ModelFileException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same, said of a file. */
    ModelFileException in(String file) {
        return new ModelFileException(file + ": " + getMessage(), this);
    }

    /** Text of a file as a message can show it: no line breaks, no end without end. */
    static String shown(String text) {
        String cut = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        return '"' + cut.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
