package io.github.flux4j.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.cli.CommandRun;
import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.learn.Learn;
import io.github.flux4j.serve.SampleModels;
import io.github.flux4j.table.Numbers;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTest {

    @TempDir
    private Path folder;

    private String model;

    private CommandRun evaluate(Path data, String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "evaluate";
        arguments[1] = model;
        arguments[2] = data.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return CommandRun.of(arguments);
    }

    private JsonObject json(Path data) {
        CommandRun run = evaluate(data, "--json");
        assertThat(run.err()).isEmpty();
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    private void saved(String name) {
        model = folder.resolve(name).toString();
    }

    /** The oracle is the same metric of the model that was saved. */
    @Test
    void numbersAreJudgedAsTheReportJudgesThem() throws IOException {
        saved("mpg.flux4j");
        FittedRegressor cars = SampleModels.cars(Path.of(model));
        Table table = Table.read(SampleModels.CARS);
        Numbers target = (Numbers) table.column("Miles_per_Gallon");
        Table known = table.rows(IntStream.range(0, table.rows())
                .filter(row -> !target.isMissing(row))
                .toArray());
        double rms = Metrics.RMS.of(((Numbers) known.column("Miles_per_Gallon")).values(), cars.predict(known));

        JsonObject json = json(SampleModels.CARS);
        assertThat(json.get("rows").getAsInt()).isEqualTo(398);
        assertThat(json.get("rowsLeftOut").getAsInt()).isEqualTo(8);
        assertThat(json.getAsJsonObject("scores").keySet()).containsExactly("rms", "mae", "r2");
        assertThat(json.getAsJsonObject("scores").get("rms").getAsDouble()).isCloseTo(rms, within(1e-4));
        assertThat(json.getAsJsonObject("heldOut").get("rms").getAsDouble())
                .isEqualTo(cars.report().leftOut().get("rms"));
        assertThat(json.getAsJsonObject("yardstick").get("name").getAsString()).isEqualTo("ridge");

        assertThat(evaluate(SampleModels.CARS).out())
                .startsWith("auto-mpg.csv: 398 rows, 8 dropped without a target")
                .containsPattern("rms +[\\d.]+ +training reported [\\d.]+ for held-out rows \\(ridge [\\d.]+\\)");
    }

    @Test
    void classesAreJudgedByAccuracyAndLogLoss() throws IOException {
        saved("iris.flux4j");
        FittedClassifier iris = SampleModels.iris(Path.of(model));
        Table table = Table.read(SampleModels.IRIS);
        List<String> predicted = iris.predict(table);
        long right = IntStream.range(0, 150)
                .filter(row -> predicted.get(row).equals(table.column("species").text(row)))
                .count();
        JsonObject json = json(SampleModels.IRIS);
        assertThat(json.getAsJsonObject("scores").get("accuracy").getAsDouble())
                .isCloseTo(right / 150.0, within(1e-12));
        assertThat(json.getAsJsonObject("scores").keySet()).containsExactly("accuracy", "logLoss");
    }

    /** A class that the model never saw can't be predicted, which is an error of the model's all the same. */
    @Test
    void aClassThatTheModelDoesntKnowIsWrongAndNamed() throws IOException {
        saved("iris.flux4j");
        SampleModels.iris(Path.of(model));
        String table = Files.readString(SampleModels.IRIS).replace("setosa", "barbata");
        Path other = Files.writeString(folder.resolve("other.csv"), table);
        JsonObject json = json(other);
        assertThat(json.getAsJsonArray("unknownClasses")).hasToString("[\"barbata\"]");
        assertThat(json.getAsJsonObject("scores").get("accuracy").getAsDouble()).isLessThan(0.67);
        assertThat(evaluate(other).out()).contains("unknown to the model, so always wrong: barbata");
    }

    @Test
    void numbersAsClassesAreTheSameHoweverTheyAreWritten() throws IOException {
        saved("digit.flux4j");
        Path data = folder.resolve("data.csv");
        Files.writeString(
                data,
                IntStream.range(0, 60)
                        .mapToObj(i -> i % 30 + "," + (i % 30 < 15 ? 4 : 8))
                        .collect(Collectors.joining("\n", "x,y\n", "\n")));
        Learn.classifier().epochs(30).networks(2).fit(Table.read(data), "y").save(Path.of(model));
        JsonObject plain = json(data);
        Files.writeString(data, Files.readString(data).replace(",4\n", ",4.0\n").replace(",8\n", ",8e0\n"));
        assertThat(json(data).getAsJsonObject("scores")).isEqualTo(plain.getAsJsonObject("scores"));
        assertThat(json(data).getAsJsonArray("unknownClasses")).isEmpty();
    }

    private void refused(Path data, String why) {
        CommandRun run = evaluate(data);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("flux4j evaluate: ").contains(why).hasLineCount(1);
        assertThat(run.code()).isBetween(1, 2);
    }

    @Test
    void whatCantBeComparedIsOneLineWithTheRemedy() throws IOException {
        saved("mpg.flux4j");
        SampleModels.cars(Path.of(model));
        String header = "Miles_per_Gallon,Cylinders,Displacement,Horsepower,Weight_in_lbs,Acceleration,Year,Origin\n";
        Path data = folder.resolve("data.csv");
        refused(
                Files.writeString(data, header + ",4,97,88,2130,14.5,1971-01-01,Japan\n"),
                "so there is nothing to compare with; to predict it");
        refused(
                Files.writeString(data, header + "many,4,97,88,2130,14.5,1971-01-01,Japan\n"),
                "line 2: the target Miles_per_Gallon expects a number, but there is many");
        refused(
                Files.writeString(
                        data, header.replace("Miles_per_Gallon", "mpg") + "1,4,97,88,2130,14.5,1971-01-01,Japan\n"),
                "no column named Miles_per_Gallon");
        refused(folder, "is a folder");
        model = SampleModels.plain(folder.resolve("plain.flux4j")).toString();
        refused(SampleModels.CARS, "doesn't name its target");
    }
}
