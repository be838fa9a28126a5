package io.github.flux4j.bench.harness;

import java.io.PrintStream;

/** A line now and then, with a bar and the time left. */
final class Progress {

    private static final int WIDTH = 24;
    private static final long NANOS = 10_000_000_000L;

    private final PrintStream out;
    private final long start = System.nanoTime();
    private final int total;
    private int done;
    private long told = start - NANOS;

    Progress(PrintStream out, int total) {
        this.out = out;
        this.total = total;
    }

    void next(String what) {
        if (System.nanoTime() - told >= NANOS) {
            told = System.nanoTime();
            int filled = WIDTH * done / total;
            out.println("[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + " of " + total + left()
                    + "  " + what);
        }
        done++;
    }

    private String left() {
        long seconds = (System.nanoTime() - start) / 1_000_000_000 * (total - done) / Math.max(1, done);
        return done < 2 ? "" : ", " + (seconds < 90 ? seconds + " s" : (seconds + 30) / 60 + " min") + " left";
    }
}
