package io.github.flux4j.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A stream of text that ends the command when it can't be written, where Java's own would let it compute on in silence. */
final class StandardOutput extends Writer {

    /** Ends a command; Java's writers swallow only the checked exception. */
    static final class Failed extends UncheckedIOException {

        private static final long serialVersionUID = 1;

        private Failed(IOException cause) {
            super("can't write to standard output (" + cause.getMessage() + ")", cause);
        }

        /** Whether the reader has had enough, such as {@code head}. The system says so in its language, but names the pipe in each. */
        boolean isClosedPipe() {
            return String.valueOf(getCause().getMessage())
                    .toLowerCase(Locale.ROOT)
                    .contains("pipe");
        }
    }

    private final Writer out;

    private StandardOutput(Writer out) {
        this.out = out;
    }

    /** This process's standard output, which is written at each end of a line; what is no terminal gets UTF-8, as from Java 18 on. */
    static PrintWriter open() {
        String encoding = System.getProperty("sun.stdout.encoding"); // set where it is a terminal
        return to(
                new FileOutputStream(FileDescriptor.out),
                encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding));
    }

    static PrintWriter to(OutputStream stream, Charset charset) {
        return new PrintWriter(new StandardOutput(new OutputStreamWriter(stream, charset)), true);
    }

    @Override
    public void write(char[] text, int offset, int length) {
        try {
            out.write(text, offset, length);
        } catch (IOException e) {
            throw new Failed(e);
        }
    }

    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new Failed(e);
        }
    }

    @Override
    public void close() {
        flush();
    }
}
