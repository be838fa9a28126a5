package io.github.flux4j.internal.fit;

import io.github.flux4j.internal.figures.Figures;
import io.github.flux4j.internal.prepare.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides whether a model is networks, networks beside a line, or a line alone: by rows that no part of the chosen has seen.
 *
 * <p>Three networks are tried with and without a line, on numbers of up to 20 000 rows. A line stays beside the networks if their squared error is lower by
 * 10 %, and by two standard errors of its mean over rows: less may be what an average of networks gains as well. Where rows have an order, it stays unless
 * it is worse by 5 %, since later rows are beyond what networks know. A line alone is chosen if its rms is lower than the networks' by 3 %, or its log loss
 * by 25 % and two standard errors: theirs is that of single networks, and their average is better by about as much. Beside a line, networks must lower its
 * error by 2 %.
 */
final class Choice {

    private static final int NETWORKS = 3;
    private static final int MOST_ROWS = 20_000;
    private static final double SHARE_OF_TIME = 0.2;
    private static final double BESIDE = 0.1;
    private static final double IN_ORDER = 1.05;
    private static final double SURE = 2;
    private static final double SAME = 1.02;
    private static final double ALONE = 0.97;
    private static final double ALONE_OF_CLASSES = 0.25;
    private static final double EXACT = 1e-6;

    private final Straight straight;
    private final boolean areNumbers;
    private final boolean inOrder;
    private String tried = "";

    Choice(Straight straight, boolean inOrder) {
        this.straight = straight;
        this.inOrder = inOrder;
        this.areNumbers = straight.data().goal() instanceof Targets;
    }

    /** Whether the line leaves nothing to learn. */
    boolean isExact() {
        return areNumbers && mean(straight.losses(straight.kept())) < EXACT;
    }

    /** Whether networks are better beside the line. */
    boolean isBeside(Team team, Stop stop) {
        boolean asked = areNumbers
                && team.division() != null
                && team.division().splits().size() >= NETWORKS
                && straight.data().learnt().count() <= MOST_ROWS;
        Outcome without = asked ? team.tried(NETWORKS, stop.after(SHARE_OF_TIME)) : null;
        Outcome beside = without == null ? null : team.beside(straight).tried(NETWORKS, stop.after(SHARE_OF_TIME));
        if (beside == null) {
            return false;
        }
        double[] before = straight.losses(without.leftOut());
        double[] after = straight.losses(beside.leftOut());
        tried = "; of three networks beside a line " + less(mean(after), mean(before)) + " than without it";
        return inOrder ? mean(after) <= IN_ORDER * mean(before) : isLess(BESIDE, before, after);
    }

    /** By a share, and by two standard errors of the mean over rows. */
    private static boolean isLess(double share, double[] before, double... after) {
        double[] falls = IntStream.range(0, before.length)
                .mapToDouble(i -> before[i] - after[i])
                .toArray();
        double mean = mean(falls);
        double squares =
                Arrays.stream(falls).map(fall -> (fall - mean) * (fall - mean)).sum();
        return mean >= share * mean(before) && mean >= SURE * Math.sqrt(squares) / falls.length;
    }

    /** Whether a line alone is better than these networks. */
    boolean isAlone(boolean areBeside, List<LeftOut.Kept> networks) {
        double[] ofNetworks = straight.losses(networks);
        double[] ofLine = straight.losses(straight.kept());
        return areNumbers
                ? Math.sqrt(mean(ofLine)) <= (areBeside ? SAME : ALONE) * Math.sqrt(mean(ofNetworks))
                : isLess(ALONE_OF_CLASSES, ofNetworks, ofLine);
    }

    private String less(double one, double other) {
        double share = (areNumbers ? Math.sqrt(one / other) : one / other) - 1;
        return "the held-out " + (areNumbers ? "rms" : "log loss") + " is " + Figures.percent(Math.abs(share))
                + (share < 0 ? " lower" : " higher");
    }

    /** In words, of a line that leaves nothing to learn. */
    String ofExact() {
        return "model: a line alone, which leaves nothing to learn";
    }

    /** In words, of a line that is better than these networks. */
    String ofLine(List<LeftOut.Kept> networks) {
        return "model: a line alone; " + than(networks);
    }

    /** In words, of networks. */
    String ofNetworks(boolean beside, List<LeftOut.Kept> networks) {
        return "model: networks" + (beside ? " beside a line" : "") + "; " + than(networks) + tried;
    }

    private String than(List<LeftOut.Kept> networks) {
        return "of a line alone " + less(mean(straight.losses(straight.kept())), mean(straight.losses(networks)))
                + " than of single networks";
    }

    private static double mean(double... values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }
}
