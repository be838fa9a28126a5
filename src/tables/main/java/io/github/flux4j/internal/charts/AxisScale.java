package io.github.flux4j.internal.charts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Which numbers an axis shows, and where. Any numbers may be asked for, constant ones, none, NaN and infinite ones among them: what can't be shown is
 * left out.
 */
public sealed interface AxisScale {

    /** The least number. */
    double low();

    /** The greatest number. */
    double high();

    /** Where a number lies, from 0 to 1; NaN if it can't be shown. */
    double share(double value);

    /** Round numbers from low to high, three to eight of them. */
    List<Double> ticks();

    /** A tick as text. */
    String label(double tick);

    /** Equal distances for equal differences, from a round number at or below the least to one at or above the greatest. */
    static AxisScale linear(DoubleStream values) {
        double[] finite = values.filter(Double::isFinite).toArray();
        double low = Arrays.stream(finite).min().orElse(0);
        double high = Arrays.stream(finite).max().orElse(1);
        return Linear.around(low, high);
    }

    /** The same for counts: its ticks are whole numbers. */
    static AxisScale whole(DoubleStream values) {
        AxisScale scale = linear(values);
        return Linear.around(
                scale.low(), scale.high(), Math.max(1, scale.high() / Linear.PARTS - scale.low() / Linear.PARTS));
    }

    /** Equal distances for equal ratios, of the numbers above 0. */
    static AxisScale logarithmic(DoubleStream values) {
        double[] positive = values.filter(value -> value >= Double.MIN_NORMAL && Double.isFinite(value))
                .toArray();
        double low = Arrays.stream(positive).min().orElse(1);
        double high = Arrays.stream(positive).max().orElse(10);
        return Logarithmic.around(low, high);
    }

    /** Logarithmic where all are above 0 and the greatest is more than so many times the least, else linear. */
    static AxisScale fitting(double ratio, double... values) {
        double least = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
        double most = Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
        return least >= Double.MIN_NORMAL && most / least > ratio
                ? logarithmic(Arrays.stream(values))
                : linear(Arrays.stream(values));
    }

    /** Equal distances for equal differences. */
    record Linear(double low, double high, double step) implements AxisScale {

        private static final int PARTS = 6;
        private static final double CONSTANT = 1e-12; // of the size: less than that is rounding

        public static Linear around(double low, double high) {
            double size = Math.max(Math.abs(low), Math.abs(high));
            double part = high / PARTS - low / PARTS; // high − low might overflow
            if (part * PARTS > size * CONSTANT && part >= Double.MIN_NORMAL) {
                return rounded(low, high, Steps.atLeast(part));
            }
            double half = size < Double.MIN_NORMAL * PARTS ? 1 : size / 10;
            return rounded(low - half, high + half, Steps.atLeast(2 * half / PARTS));
        }

        /** With steps of a round width, this one or the next above. */
        public static Linear around(double low, double high, double width) {
            return rounded(low, high, Steps.atLeast(width));
        }

        private static Linear rounded(double low, double high, double step) {
            return new Linear(
                    Math.max(-Double.MAX_VALUE, Math.floor(low / step + Steps.ROUNDING) * step),
                    Math.min(Double.MAX_VALUE, Math.ceil(high / step - Steps.ROUNDING) * step),
                    step);
        }

        @Override
        public double share(double value) {
            double share = (value / 2 - low / 2) / (high / 2 - low / 2);
            return Steps.within(share);
        }

        @Override
        public List<Double> ticks() {
            List<Double> ticks = new ArrayList<>();
            double last = Math.floor(high / step + Steps.ROUNDING);
            for (double k = Math.ceil(low / step - Steps.ROUNDING); k <= last; k++) {
                ticks.add(k * step + 0.0); // no −0
            }
            return ticks;
        }

        @Override
        public String label(double tick) {
            return Digits.tick(tick, step);
        }
    }

    /** Equal distances for equal ratios. */
    record Logarithmic(double low, double high) implements AxisScale {

        private static final int MOST = 7;
        private static final double[] WITHIN_A_DECADE = {1, 2, 5};

        public static Logarithmic around(double low, double high) {
            double from = Steps.atMost(low);
            double to = Steps.atLeast(high);
            return to / from >= 2
                    ? new Logarithmic(from, to)
                    : new Logarithmic(from / 2, Math.min(to, Double.MAX_VALUE / 2) * 2);
        }

        @Override
        public double share(double value) {
            return Steps.within((Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low)));
        }

        @Override
        public List<Double> ticks() {
            int from = (int) Math.floor(Math.log10(low) + Steps.ROUNDING);
            int to = (int) Math.floor(Math.log10(high) + Steps.ROUNDING);
            int every = Math.max(1, (to - from + MOST - 1) / MOST);
            double[] each = to - from > 2 ? new double[] {1} : WITHIN_A_DECADE;
            List<Double> ticks = new ArrayList<>();
            for (int power = from; power <= to; power += every) {
                for (double digit : each) {
                    ticks.add(digit * Steps.ten(power));
                }
            }
            ticks.removeIf(tick -> !(share(tick) >= 0));
            return ticks;
        }

        @Override
        public String label(double tick) {
            return Digits.tick(tick, tick);
        }
    }
}
