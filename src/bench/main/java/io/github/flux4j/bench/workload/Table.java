package io.github.flux4j.bench.workload;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** A data file as numbers, row by row. */
record Table(float[] features, float[] targets, int columns) {

    private static final Path DATA = Path.of("src", "site", "data");

    private static final List<String> CAR_MEASURES =
            List.of("Cylinders", "Displacement", "Horsepower", "Weight_in_lbs", "Acceleration");

    /** 64 pixels from 0 to 1; ten columns of targets, one of which is 1. */
    static Table digits() {
        List<CSVRecord> rows = rows("digits.csv");
        float[] features = new float[rows.size() * 64];
        float[] targets = new float[rows.size() * 10];
        for (int i = 0; i < rows.size(); i++) {
            for (int k = 0; k < 64; k++) {
                features[i * 64 + k] = Float.parseFloat(rows.get(i).get(k)) / 16;
            }
            targets[i * 10 + Integer.parseInt(rows.get(i).get("digit"))] = 1;
        }
        return new Table(features, targets, 64);
    }

    /** Cars that have all their measures: those, the year and whether it is American, standardised; so is the target. */
    static Table autoMpg() {
        List<CSVRecord> cars = rows("auto-mpg.csv").stream()
                .filter(car -> !car.get("Miles_per_Gallon").isEmpty()
                        && !car.get("Horsepower").isEmpty())
                .toList();
        int columns = CAR_MEASURES.size() + 2;
        float[] features = new float[cars.size() * columns];
        for (int k = 0; k < CAR_MEASURES.size(); k++) {
            String measure = CAR_MEASURES.get(k);
            standardise(cars, car -> Double.parseDouble(car.get(measure)), features, k, columns);
        }
        standardise(cars, car -> Double.parseDouble(car.get("Year").substring(0, 4)), features, columns - 2, columns);
        standardise(cars, car -> car.get("Origin").equals("USA") ? 1 : 0, features, columns - 1, columns);
        float[] targets = new float[cars.size()];
        standardise(cars, car -> Double.parseDouble(car.get("Miles_per_Gallon")), targets, 0, 1);
        return new Table(features, targets, columns);
    }

    /** Writes one column, shifted and scaled to mean 0 and standard deviation 1. */
    private static void standardise(
            List<CSVRecord> cars, ToDoubleFunction<CSVRecord> measure, float[] to, int column, int columns) {
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

    private static List<CSVRecord> rows(String name) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (Reader reader = Files.newBufferedReader(DATA.resolve(name))) {
            return format.parse(reader).getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
