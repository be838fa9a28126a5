package io.github.flux4j.spark;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a run goes, and of what.
 *
 * @param of whatever its numbers depend on but the epochs, by name, as text
 * @param checkpoint null for none
 * @param everySteps between checkpoints
 * @param rows of each partition
 */
record Plan(
        Map<String, String> of,
        long seed,
        int epochs,
        int stepsOfEpoch,
        int localSteps,
        @Nullable Path checkpoint,
        int everySteps,
        List<Integer> rows) {

    Round round(int epoch, int first) {
        return new Round(seed, epoch, first, Math.min(localSteps, stepsOfEpoch - first), stepsOfEpoch);
    }

    /**
     * With a file of this run alone beside the given one: a hash of what it is of, and of the epochs, stands in its name. So the same run finds it
     * again.
     */
    Plan withOwnFile() {
        if (checkpoint == null) {
            return this;
        }
        String name = checkpoint.getFileName().toString();
        int dot = name.lastIndexOf('.') < 1 ? name.length() : name.lastIndexOf('.');
        String own = name.substring(0, dot) + "-" + Hash.text(Hash.of(of + " for " + epochs)) + name.substring(dot);
        return new Plan(of, seed, epochs, stepsOfEpoch, localSteps, checkpoint.resolveSibling(own), everySteps, rows);
    }

    /**
     * Refuses a file of another run, by what is another.
     *
     * @param other what that run is of
     */
    void requireSame(Map<String, String> other) {
        if (other.isEmpty()) {
            throw new IllegalArgumentException(
                    checkpoint + " doesn't say of which run on Spark it is, so it can't be known"
                            + " whether this one may go on from it; give another file to begin anew");
        }
        Map<String, String> all = new LinkedHashMap<>(of);
        other.forEach(all::putIfAbsent);
        String differences = all.keySet().stream()
                .filter(name -> !Objects.equals(of.get(name), other.get(name)))
                .map(name -> "another " + name + " (" + other.get(name) + ", not " + of.get(name) + ")")
                .collect(Collectors.joining(", "));
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(checkpoint + " is of a run with " + differences
                    + "; give it that again, or another file to begin anew");
        }
    }

    /** Refuses a file that stands in an epoch, counted from 1, which this run doesn't reach. */
    void requireReached(int epoch) {
        if (epoch > epochs) {
            throw new IllegalArgumentException(checkpoint + " stands at epoch " + epoch + ", but there are to be "
                    + epochs + "; set " + epoch + " epochs or more, or give another file to begin anew");
        }
    }
}
