package io.github.flux4j.bench.harness;

import java.io.PrintStream;

/** A bar with the time left, on one line of a terminal; elsewhere a line now and then. */
final class Progress {

    private static final int WIDTH = 24;

    private final PrintStream out;
    private final boolean inPlace;
    private final long start = System.nanoTime();
    private final int total;
    private int done;
    private long told = start;

    Progress(PrintStream out, int total) {
        this.out = out;
        this.total = total;
        this.inPlace = System.console() != null && System.getenv("TERM") != null;
    }

    void next(String what) {
        String line = line(what);
        if (inPlace) {
            out.print("\r\u001b[K" + line);
        } else if (done == 0 || System.nanoTime() - told > 10_000_000_000L) {
            told = System.nanoTime();
            out.println(line);
        }
        done++;
    }

    private String line(String what) {
        int filled = total == 0 ? WIDTH : WIDTH * done / total;
        String left = done < 2 ? "" : ", " + left() + " left";
        return "[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + " of " + total + left + "  "
                + what;
    }

    private String left() {
        long seconds = (System.nanoTime() - start) / 1_000_000_000 * (total - done) / done;
        return seconds < 90 ? seconds + " s" : (seconds + 30) / 60 + " min";
    }

    void end() {
        if (inPlace) {
            out.print("\r\u001b[K");
        }
    }
}
