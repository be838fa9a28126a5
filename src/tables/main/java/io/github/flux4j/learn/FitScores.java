package io.github.flux4j.learn;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The fits of a tuning that are done, and the file that keeps them. For one thread at a time. */
final class FitScores {

    /** Between two writings, which force the file to the disk. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final TuningFile file;
    private final SortedMap<FitScore.Place, FitScore> all;
    private long saved = System.nanoTime();
    private boolean changed;

    /** Those of an earlier call, if the file has some; null for none. */
    FitScores(TuningFile file) {
        this.file = file;
        this.all = file == null ? new TreeMap<>() : file.read();
    }

    Map<FitScore.Place, FitScore> all() {
        return Collections.unmodifiableMap(all);
    }

    /** Adds one, and saves it sooner or later. */
    void put(FitScore.Place place, FitScore score) {
        all.put(place, score);
        changed = true;
        if (System.nanoTime() - saved >= PAUSE) {
            save();
        }
    }

    /** Saves those that aren't yet. */
    void save() {
        if (file != null && changed) {
            file.write(all);
            changed = false;
            saved = System.nanoTime();
        }
    }
}
