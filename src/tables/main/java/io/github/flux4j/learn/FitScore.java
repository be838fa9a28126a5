package io.github.flux4j.learn;

import java.util.List;

/**
 * What came of one fit of a tuning.
 *
 * @param scores one for each metric; empty if it failed
 * @param failure empty if it didn't
 */
record FitScore(List<Double> scores, String failure) {

    /**
     * Which fit; all are counted from 0.
     *
     * @param round of successive halving
     */
    record Place(int round, int trial, int fold) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            int byRound = Integer.compare(round, other.round);
            int byTrial = Integer.compare(trial, other.trial);
            return byRound != 0 ? byRound : byTrial != 0 ? byTrial : Integer.compare(fold, other.fold);
        }
    }

    boolean failed() {
        return !failure.isEmpty();
    }
}
