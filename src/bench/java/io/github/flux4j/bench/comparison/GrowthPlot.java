package io.github.flux4j.bench.comparison;

import io.github.flux4j.bench.report.Units;
import io.github.flux4j.report.Axis;
import io.github.flux4j.report.Chart;
import io.github.flux4j.report.Hue;
import io.github.flux4j.report.Mark;
import io.github.flux4j.report.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** How flux4j's time grows with one quantity while another stays: both axes logarithmic, so linear growth is a slope of one. */
final class GrowthPlot {

    private static final String CAPTION = "Dashed: the time of the last point, were it proportional.";

    private GrowthPlot() {}

    static Chart withBatch(Grid grid) {
        return plot(
                "With the batch",
                "batch size",
                grid.lines(Grid.Spot::width),
                Grid.Spot::batch,
                spot -> "width " + spot.width());
    }

    static Chart withParameters(Grid grid) {
        return plot(
                "With the parameters",
                "parameters",
                grid.lines(Grid.Spot::batch),
                Grid.Spot::parameters,
                spot -> "batch " + spot.batch());
    }

    private static Chart plot(
            String title,
            String abscissa,
            List<List<Grid.Spot>> lines,
            ToDoubleFunction<Grid.Spot> x,
            Function<Grid.Spot, String> name) {
        List<Grid.Spot> all = lines.stream().flatMap(List::stream).toList();
        Scale across = Scale.logarithmic(all.stream().mapToDouble(x));
        Scale up =
                Scale.logarithmic(all.stream().mapToDouble(spot -> spot.ours().medianNanos()));
        List<Mark> marks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            Hue hue = Hue.values()[i % Hue.values().length];
            List<Grid.Spot> spots = lines.get(i);
            marks.add(guide(spots, x, up));
            marks.add(new Mark.Line(name.apply(spots.get(0)), hue, false, at(spots, x), times(spots)));
            marks.add(new Mark.Dots(
                    "",
                    hue,
                    at(spots, x),
                    times(spots),
                    k -> name.apply(spots.get(k)) + ": "
                            + Units.time(spots.get(k).ours().medianNanos())));
        }
        return new Chart(
                title,
                new Axis(abscissa, across, count -> Units.tick(Units.count(count))),
                new Axis("time of a step", up, nanos -> Units.tick(Units.time(nanos))),
                marks,
                CAPTION);
    }

    private static double[] at(List<Grid.Spot> spots, ToDoubleFunction<Grid.Spot> x) {
        return spots.stream().mapToDouble(x).toArray();
    }

    private static double[] times(List<Grid.Spot> spots) {
        return spots.stream().mapToDouble(spot -> spot.ours().medianNanos()).toArray();
    }

    /** Proportional growth that ends in the last point, as far down as the axis goes. */
    private static Mark guide(List<Grid.Spot> spots, ToDoubleFunction<Grid.Spot> x, Scale up) {
        Grid.Spot last = spots.get(spots.size() - 1);
        double end = x.applyAsDouble(last);
        double perUnit = last.ours().medianNanos() / end;
        double from = Math.max(x.applyAsDouble(spots.get(0)), up.low() / perUnit);
        return new Mark.Line(
                "", Hue.GREY, true, new double[] {from, end}, new double[] {from * perUnit, end * perUnit});
    }
}
