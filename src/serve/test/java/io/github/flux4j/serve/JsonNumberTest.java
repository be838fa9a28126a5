package io.github.flux4j.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonNumberTest {

    private static String digits(double number) {
        return JsonNumber.append(number, new StringBuilder()).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "5,            5.0",
        "-1,           -1.0",
        "0,            0.0",
        "-0.0,         -0.0",
        "0.1,          0.1",
        "0.001,        0.001",
        "10,           10.0",
        "9999999.9,    9999999.9",
        "9999999.99,   10000000.0",
        "999999.9999,  1000000.0",
        "0.99999999,   0.99999999",
        "0.999999999,  1.0",
        "1234.05,      1234.05",
        "100.000001,   100.0",
        "0.0010000001, 0.0010000001",
        "1e7,          1.0E7",
        "1.5e10,       1.5E10",
        "1e-5,         1.0E-5",
        "1e60,         1.0E60",
        "1e-60,        1.0E-60",
        "NaN,          NaN",
        "Infinity,     Infinity"
    })
    void numbersAreWrittenInEightDigits(double number, String text) {
        assertThat(digits(number)).isEqualTo(text);
    }

    /** The oracle is Java's decimal arithmetic. */
    @Test
    void eachIsTheNearestOfEightDigits() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 200_000; i++) {
            double number = random.nextDouble(-1, 1) * Math.pow(10, random.nextInt(-2, 8));
            if (Math.abs(number) < 1e-3 || Math.abs(number) >= 1e7) {
                continue;
            }
            BigDecimal nearest = new BigDecimal(number).round(new MathContext(8, RoundingMode.HALF_UP));
            BigDecimal written = new BigDecimal(digits(number));
            // the product with a power of ten is rounded, so that what lies half between two may go either way
            BigDecimal between = nearest.ulp().multiply(new BigDecimal("0.5000001"));
            assertThat(written.subtract(new BigDecimal(number)).abs())
                    .as("%s", number)
                    .isLessThanOrEqualTo(between);
            assertThat(digits(number)).as("%s", number).matches("-?\\d+\\.(0|\\d*[1-9])");
        }
    }
}
