package io.github.flux4j.internal.tune;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.files.AtomicFile;
import io.github.flux4j.internal.files.JsonText;
import io.github.flux4j.internal.format.Json;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.records.Key;
import io.github.flux4j.internal.records.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The fits of a tuning that are done, and the file that keeps them, if there is one. For one thread at a time. */
public final class TuningJournal {

    private static final String FORMAT = "flux4j tuning";
    private static final int SCHEMA = 1;
    /** Scores of one tuning: reading is bounded, and so is writing again and again. */
    private static final int MOST = 50_000;

    private static final long MOST_BYTES = 64 << 20;
    /** Between two writings, which force the file to the disk. */
    private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

    private final Path path;
    private final Map<String, String> identity;
    private final Size size;
    private final SortedMap<Place, FitScore> all = new TreeMap<>();
    private long saved = System.nanoTime();
    private boolean changed;

    /**
     * How much a tuning has of what there is to be done.
     *
     * @param folds of each trial
     * @param metrics how many scores a fit has
     */
    public record Size(int rounds, int trials, int folds, int metrics) {

        private boolean has(Place place) {
            return place.round < rounds && place.trial < trials && place.fold < folds;
        }
    }

    /**
     * Which fit; all are counted from 0.
     *
     * @param round of successive halving
     */
    public record Place(int round, int trial, int fold) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byRound = Integer.compare(round, other.round);
            int byTrial = byRound != 0 ? byRound : Integer.compare(trial, other.trial);
            return byTrial != 0 ? byTrial : Integer.compare(fold, other.fold);
        }
    }

    /**
     * What came of one fit.
     *
     * @param scores one for each metric; null if it failed
     * @param failure null if it didn't
     */
    public record FitScore(
            @Key(optional = true) List<Double> scores,
            @Key(optional = true) String failure) {

        /** Letters of a failure that are kept. */
        private static final int FAILURE = 300;

        public static FitScore of(List<Double> scores) {
            return new FitScore(scores, null);
        }

        public static FitScore failed(String why) {
            return new FitScore(null, why);
        }

        public boolean failed() {
            return failure != null;
        }

        /** The same as a file keeps it: Unicode, and not endless. */
        private FitScore kept() {
            if (!failed()) {
                return this;
            }
            String whole = new String(failure.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            boolean isShort = whole.codePointCount(0, whole.length()) <= FAILURE;
            return failed(isShort ? whole : whole.substring(0, whole.offsetByCodePoints(0, FAILURE)) + "…");
        }
    }

    /** One fit in the file. */
    private record Entry(
            @Key(inline = true) Place place,
            @Key(inline = true) FitScore score) {}

    /** All of the file. */
    private record Content(String format, int schema, Map<String, String> tuning, List<Entry> fits) {}

    private TuningJournal(Path path, Map<String, String> identity, Size size) {
        this.path = path;
        this.identity = identity;
        this.size = size;
    }

    /** Without a file. */
    public static TuningJournal inMemory() {
        return new TuningJournal(null, Map.of(), null);
    }

    /**
     * With the fits of an earlier call, if the file has some; there may be none yet, or an empty one.
     *
     * @param identity what the tuning is, part by part
     * @throws IllegalArgumentException if there are too many fits, or the file is of another tuning
     * @throws UncheckedIOException if it can't be read or written to, or is something else
     */
    public static TuningJournal in(Path file, Map<String, String> identity, Size size) {
        TuningJournal journal = new TuningJournal(file, identity, size);
        journal.require();
        journal.read();
        return journal;
    }

    private void require() {
        long scores = (long) size.rounds * size.trials * size.folds * size.metrics;
        if (scores > MOST) {
            throw new IllegalArgumentException("saveTo keeps " + MOST + " scores at most, but " + size.trials
                    + " trials of " + size.folds + " folds may have " + scores + "; use fewer, or tune without saveTo");
        }
        try {
            AtomicFile.requireWritable(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    public Map<Place, FitScore> all() {
        return Collections.unmodifiableMap(all);
    }

    /** Adds one, and saves it sooner or later. */
    public void put(Place place, FitScore score) {
        all.put(place, score);
        changed = true;
        if (System.nanoTime() - saved >= PAUSE) {
            save();
        }
    }

    /** Saves those that aren't yet. */
    public void save() {
        if (path != null && changed) {
            write();
            changed = false;
            saved = System.nanoTime();
        }
    }

    private void write() {
        List<Entry> fits = all.entrySet().stream()
                .map(fit -> new Entry(fit.getKey(), fit.getValue().kept()))
                .toList();
        Content content = new Content(FORMAT, SCHEMA, identity, fits);
        byte[] text = JsonText.write(RecordJson.PLAIN.of(content)).getBytes(StandardCharsets.UTF_8);
        try {
            AtomicFile.write(path, out -> out.write(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void read() {
        try {
            if (Files.exists(path) && Files.size(path) > 0) {
                take(Json.readObject(text()));
            }
        } catch (ModelFileException e) {
            throw unreadable(e.getMessage(), e);
        } catch (IOException e) {
            throw unreadable("it can't be read: " + e.getMessage(), e);
        }
    }

    private UncheckedIOException unreadable(String why, IOException cause) {
        return new UncheckedIOException(
                path + " exists and isn't a tuning that can continue, so it was not replaced: " + why
                        + ". Name another file, or remove this one",
                cause);
    }

    private String text() throws IOException {
        if (Files.size(path) > MOST_BYTES) {
            throw new ModelFileException("expected at most " + MOST_BYTES + " bytes, but it has " + Files.size(path));
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    }

    private void take(Map<String, Object> json) throws ModelFileException {
        JsonObject head = new JsonObject("the file", json);
        if (!FORMAT.equals(head.text("format", ""))) {
            throw new ModelFileException("expected the format " + FORMAT);
        }
        if (head.size("schema") > SCHEMA) {
            throw new ModelFileException("it was written by a newer flux4j; update to continue it");
        }
        requireSame(JsonObject.of("tuning", json.get("tuning")).values());
        for (Entry fit : RecordJson.PLAIN.read(Content.class, "the file", json).fits) {
            take(fit.place, fit.score);
        }
    }

    private void requireSame(Map<String, Object> earlier) {
        List<String> different = identity.entrySet().stream()
                .filter(part -> !part.getValue().equals(earlier.get(part.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        if (!different.isEmpty()) {
            throw new IllegalArgumentException(path + " exists and is of another tuning, so it was not replaced: "
                    + String.join(" and ", different) + (different.size() == 1 ? " differs" : " differ")
                    + "; name another file, or remove this one");
        }
    }

    private void take(Place place, FitScore score) throws ModelFileException {
        int scores = score.scores == null ? 0 : score.scores.size();
        boolean whole = score.failed() ? scores == 0 : scores == size.metrics;
        if (!size.has(place) || !whole || all.put(place, score) != null) {
            throw new ModelFileException("expected each fit of this tuning once and with " + size.metrics
                    + " scores, but got " + place.trial + " in round " + place.round + ", fold " + place.fold);
        }
    }
}
