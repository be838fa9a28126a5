package io.github.flux4j.cli.article;

import io.github.flux4j.engine.Engines;
import io.github.flux4j.optimise.Descent;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The numbers that options take; each says what it expected and what came. */
final class OptionConverters {

    private OptionConverters() {}

    private static <T> T parse(String text, String expected, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("expected " + expected + ", but got '" + text + "'");
        }
    }

    private static double finite(String text) {
        double number = Double.parseDouble(text);
        if (!Double.isFinite(number)) {
            throw new NumberFormatException(text);
        }
        return number;
    }

    /** A number that is neither NaN nor infinite. */
    static final class Finite implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            return parse(text, "a finite number", OptionConverters::finite);
        }
    }

    /** Such numbers with commas between them; a record, since picocli takes an array for an option that is repeated. */
    record Series(double[] values) {

        static final class Parser implements ITypeConverter<Series> {
            @Override
            public Series convert(String text) {
                return parse(text, "finite numbers with commas between them, such as 0,1,2.5", Series::of);
            }
        }

        private static Series of(String text) {
            return new Series(Stream.of(text.split(",", -1))
                    .mapToDouble(OptionConverters::finite)
                    .toArray());
        }
    }

    /** A whole number, 0 or more. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return parse(text, "a whole number from 0 to " + Integer.MAX_VALUE, Count::of);
        }

        private static int of(String text) {
            int count = Integer.parseInt(text);
            if (count < 0) {
                throw new NumberFormatException(text);
            }
            return count;
        }
    }

    /** The name of an engine. */
    static final class EngineName implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!Engines.names().contains(text)) {
                throw new TypeConversionException(
                        "expected one of " + String.join(", ", Engines.names()) + ", but got '" + text + "'");
            }
            return text;
        }
    }

    /** A learning rate, for {@link Descent}. */
    static final class Rate implements ITypeConverter<Descent> {
        @Override
        public Descent convert(String text) {
            double eta = parse(text, "a finite number above 0", Double::parseDouble);
            try {
                return new Descent(eta);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
