package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.report.Units;
import io.github.flux4j.report.Sheet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Who is fastest where: batch size to the right, width upwards; in each cell flux4j's time over the best other's. */
final class CrossoverPlot {

    private static final double FULL = Math.log(4); // the ratio that has the full colour

    private CrossoverPlot() {}

    static Sheet of(Grid grid) {
        List<String> header = new ArrayList<>(List.of("width ↓ batch →"));
        grid.batches().forEach(batch -> header.add(String.valueOf(batch)));
        List<Integer> widths = new ArrayList<>(grid.widths());
        Collections.reverse(widths);
        return new Sheet(
                "",
                header,
                widths.stream().map(width -> row(grid, width)).toList(),
                "width => width => width => 1, relu, mse, descent; the number is flux4j's time over the best other's, below it"
                        + " who is fastest and flux4j's time; blue where flux4j is faster, orange where it is slower");
    }

    private static List<Sheet.Cell> row(Grid grid, int width) {
        List<Sheet.Cell> cells = new ArrayList<>(List.of(Sheet.Cell.of(String.valueOf(width))));
        for (int batch : grid.batches()) {
            cells.add(grid.spots().stream()
                    .filter(spot -> spot.width() == width && spot.batch() == batch)
                    .findFirst()
                    .map(CrossoverPlot::cell)
                    .orElse(Sheet.Cell.of("")));
        }
        return cells;
    }

    private static Sheet.Cell cell(Grid.Spot spot) {
        String tooltip = spot.all().stream()
                .map(row -> row.contender() + " " + Units.time(row.medianNanos()))
                .collect(Collectors.joining("\n"));
        return new Sheet.Cell(
                Units.digits(spot.ratio()),
                -Math.log(spot.ratio()) / FULL,
                spot.winner() + "\n" + Units.time(spot.ours().medianNanos()),
                tooltip,
                false);
    }
}
