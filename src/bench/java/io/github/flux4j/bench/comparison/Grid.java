package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.report.Units;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The cells of the grid that were measured with FLUX4J and at least one other. */
record Grid(List<Spot> spots) {

    /**
     * One cell.
     *
     * @param best the fastest of those that aren't flux4j, nor nothing
     */
    record Spot(int batch, int width, Measurement ours, Measurement best, List<Measurement> all) {

        /** flux4j's time over the best other's. */
        double ratio() {
            return ours.medianNanos() / best.medianNanos();
        }

        String winner() {
            return ratio() <= 1 ? "FLUX4J" : best.contender();
        }

        /** Of {@code width => width => width => 1}. */
        double parameters() {
            return 2.0 * width * (width + 1) + width + 1;
        }
    }

    static Grid of(Results results) {
        Map<String, List<Measurement>> byProblem =
                results.rows().stream().collect(Collectors.groupingBy(Measurement::problem));
        return new Grid(Problems.GRID_WIDTHS.stream()
                .flatMap(width -> Problems.GRID_BATCHES.stream()
                        .map(batch ->
                                spot(batch, width, byProblem.getOrDefault("grid-b" + batch + "-w" + width, List.of()))))
                .flatMap(Optional::stream)
                .toList());
    }

    private static Optional<Spot> spot(int batch, int width, List<Measurement> rows) {
        Optional<Measurement> ours =
                rows.stream().filter(row -> row.contender().equals("FLUX4J")).findFirst();
        Optional<Measurement> best = rows.stream()
                .filter(row -> !row.contender().startsWith("FLUX4J")
                        && !row.contender().equals("NULL"))
                .min(Comparator.comparingDouble(Measurement::medianNanos));
        return ours.isEmpty() || best.isEmpty()
                ? Optional.empty()
                : Optional.of(new Spot(batch, width, ours.get(), best.get(), rows));
    }

    boolean isEmpty() {
        return spots.isEmpty();
    }

    List<Integer> batches() {
        return values(Spot::batch);
    }

    List<Integer> widths() {
        return values(Spot::width);
    }

    private List<Integer> values(Function<Spot, Integer> axis) {
        return spots.stream().map(axis).distinct().sorted().toList();
    }

    List<String> winners() {
        return spots.stream().map(Spot::winner).distinct().sorted().toList();
    }

    /** In words. */
    String finding() {
        long won = spots.stream().filter(spot -> spot.ratio() <= 1).count();
        Spot worst = spots.stream().max(Comparator.comparingDouble(Spot::ratio)).orElseThrow();
        return "flux4j is the fastest in " + won + " of " + spots.size() + " cells; at worst, with batch "
                + worst.batch()
                + " and width " + worst.width() + ", it takes " + Units.digits(worst.ratio()) + " times what "
                + worst.best().contender() + " takes.";
    }

    int row(Spot spot) {
        return widths().indexOf(spot.width());
    }

    int column(Spot spot) {
        return batches().indexOf(spot.batch());
    }

    /** Spots along one line of the grid, for plots of growth. */
    List<List<Spot>> lines(Function<Spot, Integer> constant) {
        return IntStream.range(0, values(constant).size())
                .mapToObj(i -> spots.stream()
                        .filter(spot ->
                                constant.apply(spot).equals(values(constant).get(i)))
                        .toList())
                .toList();
    }
}
