package io.github.flux4j;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.flux4j.data.Batch;
import io.github.flux4j.layers.Dense;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Fuel consumption of 392 cars from six measures: gradient descent gets to where closed-form least squares is. */
class AutoMpgTest {

    private static final List<String> FEATURES =
            List.of("Cylinders", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration", "Year");
    private static final String TARGET = "Miles_per_Gallon";

    @Test
    void descentOnStandardisedFeaturesReachesLeastSquares() throws IOException {
        List<double[]> cars = cars();
        assertThat(cars).hasSize(392); // 406 without the 8 that lack the target and the 6 that lack Horsepower
        double[][] x = standardised(
                cars.stream().map(car -> firstOf(car, FEATURES.size())).toArray(double[][]::new));
        double[] y = cars.stream().mapToDouble(car -> car[FEATURES.size()]).toArray();
        double least = meanSquare(x, y, leastSquares(x, y));

        seed(1);
        Dense model = dense(FEATURES.size(), 1);
        INDArray features = rows(x);
        INDArray targets = column(y);
        List<Batch> data = List.of(batch(features, targets));
        for (int epoch = 0; epoch < 1000; epoch++) {
            train(mse(model), params(model), data, descent());
        }

        // from above, since nothing is below the least square but Float32's rounding
        assertThat(mse(model).of(features, targets) / least).isBetween(1 - 1e-5, 1.001);
        // the bias is the mean where features have mean zero
        assertThat(model.bias().getDouble(0))
                .isEqualTo(
                        IntStream.range(0, y.length)
                                .mapToDouble(i -> y[i])
                                .average()
                                .orElseThrow(),
                        within(1e-3));
    }

    /** The six features and the target of every car that lacks none of them; of the date {@code 1970-01-01} the year. */
    private static List<double[]> cars() throws IOException {
        try (Reader csv = Files.newBufferedReader(Path.of("src/site/data/auto-mpg.csv"))) {
            CSVFormat format = CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .get();
            return format.parse(csv).stream()
                    .filter(car -> columns().noneMatch(name -> car.get(name).isEmpty()))
                    .map(car -> columns().mapToDouble(name -> number(car, name)).toArray())
                    .toList();
        }
    }

    private static Stream<String> columns() {
        return Stream.concat(FEATURES.stream(), Stream.of(TARGET));
    }

    private static double number(CSVRecord car, String name) {
        return Double.parseDouble(name.equals("Year") ? car.get(name).substring(0, 4) : car.get(name));
    }

    private static double[] firstOf(double[] values, int count) {
        return java.util.Arrays.copyOf(values, count);
    }

    /** Every column with its mean taken off, over its standard deviation. */
    private static double[][] standardised(double[][] rows) {
        for (int column = 0; column < rows[0].length; column++) {
            int j = column;
            double mean = Stream.of(rows).mapToDouble(row -> row[j]).average().orElseThrow();
            double variance = Stream.of(rows)
                    .mapToDouble(row -> (row[j] - mean) * (row[j] - mean))
                    .average()
                    .orElseThrow();
            for (double[] row : rows) {
                row[j] = (row[j] - mean) / Math.sqrt(variance);
            }
        }
        return rows;
    }

    /** The coefficients, then the intercept, that solve the normal equations XᵀX·β = Xᵀy, with a column of ones in X. */
    private static double[] leastSquares(double[][] x, double[] y) {
        int n = x[0].length + 1;
        double[][] system = new double[n][n + 1];
        for (int row = 0; row < x.length; row++) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    system[i][j] += element(x[row], i) * element(x[row], j);
                }
                system[i][n] += element(x[row], i) * y[row];
            }
        }
        return solved(system);
    }

    private static double element(double[] row, int i) {
        return i < row.length ? row[i] : 1;
    }

    /** Gauss and Jordan; XᵀX is positive definite, so without pivoting. */
    private static double[] solved(double[][] system) {
        int n = system.length;
        for (int pivot = 0; pivot < n; pivot++) {
            for (int row = 0; row < n; row++) {
                double factor = row == pivot ? 0 : system[row][pivot] / system[pivot][pivot];
                for (int column = pivot; column <= n; column++) {
                    system[row][column] -= factor * system[pivot][column];
                }
            }
        }
        return IntStream.range(0, n)
                .mapToDouble(i -> system[i][n] / system[i][i])
                .toArray();
    }

    private static double meanSquare(double[][] x, double[] y, double[] coefficients) {
        return IntStream.range(0, x.length)
                .mapToDouble(row -> {
                    double prediction = IntStream.range(0, coefficients.length)
                            .mapToDouble(i -> coefficients[i] * element(x[row], i))
                            .sum();
                    return (prediction - y[row]) * (prediction - y[row]);
                })
                .average()
                .orElseThrow();
    }
}
