package io.github.flux4j.bench.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A data file as numbers, row by row. */
record DataFile(float[] features, float[] targets, int columns) {

    private static final Path DATA = Path.of("src", "site", "data");

    /** 64 pixels from 0 to 1; ten columns of targets, one of which is 1. */
    static DataFile digits() {
        List<String[]> rows = rows("digits.csv");
        float[] features = new float[rows.size() * 64];
        float[] targets = new float[rows.size() * 10];
        for (int i = 0; i < rows.size(); i++) {
            for (int k = 0; k < 64; k++) {
                features[i * 64 + k] = Float.parseFloat(rows.get(i)[k]) / 16;
            }
            targets[i * 10 + Integer.parseInt(rows.get(i)[64])] = 1;
        }
        return new DataFile(features, targets, 64);
    }

    /**
     * Cars that have all their measures: cylinders, displacement, horsepower, weight, acceleration, the year and whether it is American, standardised; so
     * is the target, miles per gallon. A line begins with the car's name and that target.
     */
    static DataFile autoMpg() {
        List<String[]> cars = rows("auto-mpg.csv").stream()
                .filter(car -> !car[1].isEmpty() && !car[4].isEmpty())
                .toList();
        float[] features = new float[cars.size() * 7];
        for (int k = 0; k < 5; k++) {
            int measure = k + 2;
            standardise(cars, car -> Double.parseDouble(car[measure]), features, k, 7);
        }
        standardise(cars, car -> Double.parseDouble(car[7].substring(0, 4)), features, 5, 7);
        standardise(cars, car -> car[8].equals("USA") ? 1 : 0, features, 6, 7);
        float[] targets = new float[cars.size()];
        standardise(cars, car -> Double.parseDouble(car[1]), targets, 0, 1);
        return new DataFile(features, targets, 7);
    }

    /** Writes one column, shifted and scaled to mean 0 and standard deviation 1. */
    private static void standardise(
            List<String[]> cars, ToDoubleFunction<String[]> measure, float[] to, int column, int columns) {
        double[] values = cars.stream().mapToDouble(measure).toArray();
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double variance = 0;
        for (double value : values) {
            variance += (value - mean) * (value - mean) / values.length;
        }
        for (int i = 0; i < values.length; i++) {
            to[i * columns + column] = (float) ((values[i] - mean) / Math.sqrt(variance));
        }
    }

    /** Without the header; these files have no quotes. */
    private static List<String[]> rows(String name) {
        try {
            return Files.readAllLines(DATA.resolve(name)).stream()
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
