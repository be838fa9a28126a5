package io.github.flux4j.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How far work has come: one line of a terminal that is drawn anew, and elsewhere a line at each tenth and after 5, 10, 20 … seconds without one. For any thread. */
final class ProgressLine implements AutoCloseable {

    /** Where it is shown. */
    enum Place {
        /** On a terminal. */
        TERMINAL,
        /** In a file or a pipe, where what was drawn stays. */
        FILE,
        NOWHERE;

        private static final String TELLS_OF_TERMINAL = "flux4j.terminal";

        /**
         * Of standard error.
         *
         * @param silent if it was asked for
         * @param alone whether standard output is for programs, so that lines beside it would be in the way
         */
        static Place of(boolean silent, boolean alone, Map<String, String> environment) {
            if (silent || !environment.getOrDefault("NO_PROGRESS", "").isEmpty()) {
                return NOWHERE;
            }
            boolean drawable = isTerminal()
                    && !"dumb".equals(environment.get("TERM"))
                    && environment.getOrDefault("CI", "").isEmpty();
            return drawable ? TERMINAL : alone ? NOWHERE : FILE;
        }

        /** The launcher tells, maybe its width; without it, Linux does. */
        private static boolean isTerminal() {
            String told = System.getProperty(TELLS_OF_TERMINAL);
            if (told != null) {
                return told.matches("yes|\\d{2,4}");
            }
            try {
                return Files.readSymbolicLink(Path.of("/proc/self/fd/2")).startsWith("/dev/pts");
            } catch (IOException | UnsupportedOperationException elsewhere) {
                return false;
            }
        }
    }

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int WIDTH = 80;
    private static final int PARTS = 10;

    private final PrintWriter err;
    private final Place place;
    private final LongSupplier nanos;
    private final int width = Integer.getInteger(Place.TELLS_OF_TERMINAL, WIDTH);
    private String shown = "";
    private long drawn;
    private double share;
    private int tenths;
    private long printed;
    private long silence = TimeUnit.SECONDS.toNanos(5);

    /**
     * Nothing is shown yet.
     *
     * @param nanos a clock
     */
    ProgressLine(PrintWriter err, Place place, LongSupplier nanos) {
        this.err = err;
        this.place = place;
        this.nanos = nanos;
        this.printed = nanos.getAsLong();
        this.drawn = printed - PAUSE;
    }

    /**
     * Shows it, if it is time.
     *
     * @param done share of the work, from 0 to 1; where it is less than half of before, other work has begun
     * @param text is asked for its text only if it is shown
     */
    synchronized void show(double done, Object text) {
        tenths = done <= share / 2 ? 0 : tenths;
        share = done;
        switch (place) {
            case TERMINAL -> draw(text);
            case FILE -> print(text);
            case NOWHERE -> {}
        }
    }

    private void draw(Object text) {
        if (nanos.getAsLong() - drawn < PAUSE) {
            return;
        }
        drawn = nanos.getAsLong();
        String line = text.toString();
        replace(line.length() < width ? line : line.substring(0, width - 1)); // a full line would move to the next
    }

    private void replace(String line) {
        err.print("\r" + line + " ".repeat(Math.max(0, shown.length() - line.length())));
        err.flush();
        shown = line;
    }

    private void print(Object text) {
        int reached = (int) (share * PARTS);
        boolean isSilent = nanos.getAsLong() - printed >= silence;
        if (reached > tenths || isSilent) {
            tenths = Math.max(tenths, reached);
            printed = nanos.getAsLong();
            silence = isSilent ? 2 * silence : silence;
            err.println(text);
            err.flush();
        }
    }

    /** Leaves the terminal as it was. */
    @Override
    public synchronized void close() {
        if (!shown.isEmpty()) {
            replace("");
            err.print("\r");
            err.flush();
        }
    }
}
