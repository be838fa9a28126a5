package io.github.flux4j.bench.harness;

import java.io.PrintStream;

/** A line now and then, with a bar and the time left. */
final class ProgressLog {

    private static final int WIDTH = 24;
    private static final double SECONDS = 10;

    private final PrintStream out;
    private final long start = System.nanoTime();
    private final int total;
    private int done;
    private double told = -SECONDS;

    ProgressLog(PrintStream out, int total) {
        this.out = out;
        this.total = total;
    }

    void next(String what) {
        double seconds = (System.nanoTime() - start) / 1e9;
        if (seconds - told >= SECONDS) {
            told = seconds;
            int filled = WIDTH * done / total;
            out.println("[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + " of " + total
                    + left(seconds / Math.max(1, done) * (total - done)) + "  " + what);
        }
        done++;
    }

    private String left(double seconds) {
        String time = seconds < 90 ? Math.round(seconds) + " s" : Math.round(seconds / 60) + " min";
        return done < 2 ? "" : ", " + time + " left";
    }
}
