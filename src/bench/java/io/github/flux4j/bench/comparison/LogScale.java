package io.github.flux4j.bench.comparison;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** A logarithmic axis in percent of its length, so that a plot is as wide as its page while its text keeps its size. */
record LogScale(double low, double high, boolean fromTheEnd) {

    /** From the whole power of ten, of two or the like at or below the least value to that at or above the greatest. */
    static LogScale around(Collection<Double> values, double base, boolean fromTheEnd) {
        double least = values.stream().min(Double::compare).orElse(1.0);
        double greatest = values.stream().max(Double::compare).orElse(base);
        double low = Math.pow(base, Math.floor(Math.log(least) / Math.log(base) + 1e-9));
        double high = Math.pow(base, Math.ceil(Math.log(greatest) / Math.log(base) - 1e-9));
        return new LogScale(low, high > low ? high : low * base, fromTheEnd);
    }

    String at(double value) {
        return String.format(Locale.ROOT, "%.2f%%", 100 * share(value));
    }

    /** How much of the axis lies before the value. */
    double share(double value) {
        double share = Math.log(value / low) / Math.log(high / low);
        return fromTheEnd ? 1 - share : share;
    }

    /** The powers of ten within. */
    List<Double> decades() {
        List<Double> decades = new ArrayList<>();
        for (int power = (int) Math.ceil(Math.log10(low) - 1e-9); power <= Math.log10(high) + 1e-9; power++) {
            decades.add(Math.pow(10, power));
        }
        return decades;
    }
}
