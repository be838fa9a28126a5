package io.github.flux4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.regex.Pattern;

/** What a program printed, held against what was written down on another machine. */
public final class PrintedText {

    private static final double PRINTED =
            1e-3; // four decimals, of Float32 sums that processors add up in different orders
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE]-?\\d+)?");

    private PrintedText() {}

    /** Numbers within {@link #PRINTED}, all else character by character, but for spaces, which go with the digits. */
    public static void assertSame(String actual, String expected) {
        assertThat(withoutNumbers(actual)).isEqualTo(withoutNumbers(expected));
        double[] numbers = numbers(actual);
        double[] said = numbers(expected);
        for (int i = 0; i < said.length; i++) {
            assertThat(numbers[i]).as(actual).isCloseTo(said[i], within(PRINTED));
        }
    }

    private static String withoutNumbers(String text) {
        return NUMBER.matcher(text).replaceAll("#").replaceAll(" +", " ").replace("[ ", "[");
    }

    private static double[] numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .mapToDouble(number -> Double.parseDouble(number.group()))
                .toArray();
    }
}
