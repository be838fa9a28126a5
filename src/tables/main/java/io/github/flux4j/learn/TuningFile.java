package io.github.flux4j.learn;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.files.AtomicFile;
import io.github.flux4j.internal.files.JsonText;
import io.github.flux4j.internal.files.RecordJson;
import io.github.flux4j.internal.format.Json;
import io.github.flux4j.internal.format.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The fits of a tuning that are done, as JSON in a file.
 *
 * @param identity what the tuning is, part by part; a file of another one is refused
 * @param trials how many it has
 * @param folds of each trial
 * @param metrics how many scores a fit has
 */
record TuningFile(Path path, Map<String, String> identity, int rounds, int trials, int folds, int metrics) {

    private static final String FORMAT = "flux4j tuning";

    /** Fits of one tuning: reading is bounded, and so is writing again and again. */
    static final int MOST = 50_000;

    private static final long MOST_BYTES = 64 << 20;

    /** Letters of a failure that are kept. */
    private static final int FAILURE = 300;

    /**
     * Throws if it can't be kept.
     *
     * @throws IllegalArgumentException if there are too many fits
     * @throws UncheckedIOException if the file can't be written to
     */
    void require() {
        long fits = (long) rounds * trials * folds;
        if (fits * metrics > MOST) {
            throw new IllegalArgumentException("saveTo keeps " + MOST + " scores at most, but " + trials + " trials of "
                    + folds + " folds may have " + fits * metrics + "; take fewer, or tune without it");
        }
        try {
            AtomicFile.requireWritable(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    void write(SortedMap<FitScore.Place, FitScore> scores) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("schema", 1);
        json.put("tuning", identity);
        List<Object> fits = new ArrayList<>();
        scores.forEach((place, score) -> fits.add(fit(place, score)));
        json.put("fits", fits);
        byte[] text = JsonText.write(json).getBytes(StandardCharsets.UTF_8);
        try {
            AtomicFile.write(path, out -> out.write(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private static Map<String, Object> fit(FitScore.Place place, FitScore score) {
        Map<String, Object> fit = new LinkedHashMap<>();
        fit.put("round", place.round());
        fit.put("trial", place.trial());
        fit.put("fold", place.fold());
        if (score.failed()) {
            fit.put("failure", kept(score.failure()));
        } else {
            fit.put("scores", RecordJson.json(score.scores()));
        }
        return fit;
    }

    /** Unicode, and not endless. */
    private static String kept(String failure) {
        String whole = new String(failure.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return whole.codePointCount(0, whole.length()) <= FAILURE
                ? whole
                : whole.substring(0, whole.offsetByCodePoints(0, FAILURE)) + "…";
    }

    /**
     * What was written; nothing if there is no file yet, or an empty one.
     *
     * @throws IllegalArgumentException if it is of another tuning
     * @throws UncheckedIOException if it can't be read, or is something else
     */
    SortedMap<FitScore.Place, FitScore> read() {
        try {
            return Files.exists(path) && Files.size(path) > 0 ? read(Json.readObject(text())) : new TreeMap<>();
        } catch (ModelFileException e) {
            throw unreadable(e.getMessage(), e);
        } catch (IOException e) {
            throw unreadable("it can't be read: " + e.getMessage(), e);
        }
    }

    private UncheckedIOException unreadable(String why, IOException cause) {
        return new UncheckedIOException(
                path + " isn't a tuning that could be gone on with, so it stays as it is: " + why
                        + ". Name another file, or remove this one",
                cause);
    }

    private String text() throws IOException {
        if (Files.size(path) > MOST_BYTES) {
            throw new ModelFileException(
                    "at most " + MOST_BYTES + " bytes were expected, but it has " + Files.size(path));
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path));
        return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    }

    private SortedMap<FitScore.Place, FitScore> read(Map<String, Object> object) throws ModelFileException {
        JsonObject json = new JsonObject("the file", object);
        if (!FORMAT.equals(json.text("format", ""))) {
            throw new ModelFileException("the format " + FORMAT + " was expected, but there is none");
        }
        if (json.size("schema") > 1) {
            throw new ModelFileException("it was written by a newer flux4j; update to go on with it");
        }
        requireSame(JsonObject.of("tuning", object.get("tuning")));
        SortedMap<FitScore.Place, FitScore> scores = new TreeMap<>();
        for (Object fit : json.list("fits", MOST)) {
            read(JsonObject.of("a fit", fit), scores);
        }
        return scores;
    }

    private void requireSame(JsonObject earlier) {
        List<String> different = identity.entrySet().stream()
                .filter(part -> !part.getValue().equals(earlier.values().get(part.getKey())))
                .map(Map.Entry::getKey)
                .toList();
        if (!different.isEmpty()) {
            throw new IllegalArgumentException(path + " is of another tuning, so it stays as it is: "
                    + String.join(" and ", different) + (different.size() == 1 ? " differs" : " differ")
                    + "; name another file, or remove this one");
        }
    }

    private void read(JsonObject fit, Map<FitScore.Place, FitScore> scores) throws ModelFileException {
        FitScore.Place place = new FitScore.Place(fit.count("round"), fit.count("trial"), fit.count("fold"));
        boolean known = place.round() < rounds && place.trial() < trials && place.fold() < folds;
        FitScore score = fit.has("failure")
                ? new FitScore(List.of(), fit.text("failure"))
                : new FitScore(RecordJson.numbers(fit.list("scores", metrics), "a score"), "");
        boolean whole = score.failed() || score.scores().size() == metrics && !fit.has("failure");
        if (!known || !whole || scores.put(place, score) != null) {
            throw new ModelFileException(
                    "a fit of this tuning was expected, once and with " + metrics + " scores, but there is "
                            + place.trial() + " in round " + place.round() + ", fold " + place.fold());
        }
    }
}
