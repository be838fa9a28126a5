package io.github.flux4j.serve;

import static io.github.flux4j.Flux4j.*;

import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.learn.Learn;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Models that were really fitted, in a moment, and saved. */
public final class SampleModels {

    public static final Path CARS = Path.of("src/site/data/auto-mpg.csv");
    public static final Path IRIS = Path.of("src/site/data/iris.csv");

    /** A row of {@link #CARS}. */
    public static final Map<String, Object> CAR = Map.of(
            "Cylinders",
            4,
            "Displacement",
            97,
            "Horsepower",
            88,
            "Weight_in_lbs",
            2130,
            "Acceleration",
            14.5,
            "Year",
            "1971-01-01",
            "Origin",
            "Japan");

    /** The same as JSON. */
    public static final String CAR_JSON =
            "{\"Cylinders\":4,\"Displacement\":97,\"Horsepower\":88,\"Weight_in_lbs\":2130,"
                    + "\"Acceleration\":14.5,\"Year\":\"1971-01-01\",\"Origin\":\"Japan\"}";

    public static final String HOSTILE = "<script>alert('1 & \"2\"')</script>";

    private SampleModels() {}

    public static FittedRegressor cars(Path file) throws IOException {
        FittedRegressor cars =
                Learn.regressor().epochs(3).networks(3).seed(1).fit(Table.read(CARS), "Miles_per_Gallon");
        cars.save(file);
        return cars;
    }

    public static FittedClassifier iris(Path file) throws IOException {
        FittedClassifier iris = Learn.classifier().epochs(5).networks(3).seed(1).fit(Table.read(IRIS), "species");
        iris.save(file);
        return iris;
    }

    /** y = 2·x1 − x2. */
    public static Path plain(Path file) throws IOException {
        var line = dense(2, 1).withoutBias();
        line.weight().assign(rows(new double[] {2, -1}));
        save(chain(line), file);
        return file;
    }

    /** Whose names and classes are scripts. */
    public static Path hostile(Path file) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put(HOSTILE, i);
            row.put("\u202Eright to left", i % 3 == 0 ? HOSTILE : "b");
            row.put("</title><b>", i % 2 == 0 ? "\"><img src=x>," : "plain");
            rows.add(row);
        }
        Learn.classifier()
                .epochs(2)
                .networks(2)
                .fit(Table.ofMaps(rows), "</title><b>")
                .save(file);
        return file;
    }
}
