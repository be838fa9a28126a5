package io.github.flux4j.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.backend.Backend;
import io.github.flux4j.cli.CommandRun;
import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.learn.Learn;
import io.github.flux4j.learn.Tuning;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainTest {

    private static final String CARS = "src/site/data/auto-mpg.csv";
    private static final String IRIS = "src/site/data/iris.csv";

    @TempDir
    private Path folder;

    private static CommandRun train(String... arguments) {
        List<String> all = new ArrayList<>(List.of("train"));
        all.addAll(Arrays.asList(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static JsonObject json(CommandRun run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    /** A file with such a row for each number from 0. */
    private String file(String header, int rows, IntFunction<String> row) throws IOException {
        String text = IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", header + "\n", "\n"));
        return Files.writeString(folder.resolve("data.csv"), text).toString();
    }

    private static void refuses(CommandRun run, String message) {
        assertThat(run.err()).startsWith("flux4j train: ").contains(message);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void foldsAreOneObjectWithWhatCrossValidationGives() throws IOException {
        JsonObject json = json(train(CARS, "--target", "Miles_per_Gallon", "--folds", "3", "--epochs", "2", "--json"));
        double mean = Learn.crossValidate(
                        Learn.regressor().epochs(2), Table.read(Path.of(CARS)), "Miles_per_Gallon", Learn.kfold(3))
                .mean(Metrics.RMS);
        JsonObject rms = json.getAsJsonObject("folds").getAsJsonObject("rms");
        assertThat(rms.get("mean").getAsDouble()).isEqualTo(mean);
        assertThat(rms.get("std").getAsDouble()).isPositive();
        assertThat(rms.getAsJsonArray("perFold")).hasSize(3);
        assertThat(json.get("task").getAsString()).isEqualTo("regression");
        assertThat(json.get("rows").getAsInt()).isEqualTo(398);
        assertThat(json.get("rowsLeftOut").getAsInt()).isEqualTo(8);
        assertThat(json.get("features").getAsInt()).isEqualTo(7);
        assertThat(json.getAsJsonArray("columnsLeftOut")).hasToString("[\"Name\"]");
        assertThat(json.getAsJsonObject("foldsYardstick").get("name").getAsString())
                .isEqualTo("ridge");
        assertThat(json.has("heldOut")).isFalse();
        assertThat(json.get("seconds").getAsDouble()).isPositive();
    }

    @Test
    void aLineIsPrintedWithItsCoefficients() {
        String article = "src/site/data/article.csv";
        assertThat(train(article, "--target", "y").out())
                .contains("\ny = 1.0000 + 1.0000·x\n")
                .containsPattern("\n  constant +1.0000 +standard error ")
                .containsPattern("\n  x +1.0000 +standard error ");
        JsonObject equation = json(train(article, "--target", "y", "--linear", "--json"))
                .getAsJsonArray("equations")
                .get(0)
                .getAsJsonObject();
        assertThat(equation.get("of").getAsString()).isEqualTo("y");
        assertThat(equation.getAsJsonArray("terms")
                        .get(0)
                        .getAsJsonObject()
                        .get("estimate")
                        .getAsDouble())
                .isCloseTo(1, within(1e-6));
    }

    @Test
    void minutesEndTrainingWithTheBestSoFar() throws IOException {
        Path model = folder.resolve("cars.flux4j");
        CommandRun run = train(
                CARS,
                "--target",
                "Miles_per_Gallon",
                "--minutes",
                "0.01",
                "--epochs",
                "100000",
                "--out",
                model.toString());
        assertThat(run.code()).isZero();
        assertThat(run.out()).containsPattern("the time limit ended training after \\d+ epochs?");
        assertThat(FittedRegressor.load(model).report().training().epochs()).isNotEmpty();
        refuses(
                train(CARS, "--target", "Miles_per_Gallon", "--minutes", "1", "--folds", "3"),
                "--minutes is for one training, but --folds makes many; omit one of them");
        refuses(
                train(CARS, "--target", "Miles_per_Gallon", "--minutes", "NaN"),
                "--minutes must be above 0 and at most 100000, but was NaN");
    }

    @Test
    void fewWholeNumbersAreClassesAndTheReasonNamesTheOtherFlag() throws IOException {
        String data = file("x,grade", 40, i -> i % 7 + "," + i % 3);
        assertThat(train(data, "--target", "grade", "--epochs", "1").out())
                .contains(
                        "classification: the target has 3 different whole numbers in 40 rows; --regress predicts them as numbers\n");
        assertThat(train(data, "--target", "grade", "--epochs", "1", "--regress")
                        .out())
                .contains("regression: as told, though the target has 3 different numbers\n");
    }

    /** The reason that the help gives, from the engine itself. */
    @Test
    @SuppressWarnings("try") // the scope is entered, not used
    void deeplearning4jLacksTheBranchesOfTheUsualNetworks() {
        try (Backend.Scope engine = Backend.engine("dl4j")) {
            assertThat(train(CARS, "--target", "Miles_per_Gallon").err())
                    .contains("Deeplearning4j's MultiLayerNetwork has no branches");
        }
        refuses(train(CARS, "--target", "Miles_per_Gallon", "--engine", "dl4j"), "'--engine'");
        assertThat(CommandRun.of("train", "--help").out()).contains("There is no --engine");
    }

    /** The tutorial's own table: five rows, five targets. */
    @Test
    void wholeNumbersThatDoNotRepeatAreNumbersAndTheReasonNamesTheOtherFlag() throws IOException {
        String data = file("x,y", 5, i -> i + "," + (i + 1));
        assertThat(train(data, "--target", "y", "--epochs", "1").out())
                .contains("regression: the target has 5 different whole numbers in 5 rows, on average fewer than 2 rows"
                        + " each; --classify predicts them as classes\n");
    }

    /** The rule by hand: classes from two rows a different value on; a gap is no row. */
    @ParameterizedTest
    @CsvSource({
        "0 1 0 1,          true",
        "0 0 0 1,          true",
        "0 1 0,            false",
        "1 2 3 4 5,        false",
        "3 1 2 3 1,        false",
        "3 1 2 3 1 2,      true",
        "0 1 0 NaN NaN,    false",
        "0 0.5 0 0.5 0.5,  false"
    })
    void wholeNumbersAreClassesIfTheyHaveTwoRowsEachOnAverage(String values, boolean ofClasses) {
        double[][] rows = Stream.of(values.split(" "))
                .map(value -> new double[] {Double.parseDouble(value)})
                .toArray(double[][]::new);
        TrainOptions options = new TrainOptions();
        options.target = "y";
        assertThat(Task.of(Table.of(rows, "y"), options).ofClasses()).isEqualTo(ofClasses);
    }

    /** Weekends are worth 5 of which nobody who sees years alone can know. */
    @Test
    void aWeekdayIsLearntFromUnlessToldOtherwise() throws IOException {
        String data = file("date,shop,sales", 300, i -> {
            LocalDate date = LocalDate.of(2020, 1, 1).plusDays(i);
            int shop = i * 37 % 101;
            return date + ",shop " + Math.min(shop, i % 5) + (shop > 50 ? " " + i : "") + ","
                    + (date.getDayOfWeek().getValue() > 5 ? 5 + i % 9 * 0.1 : i % 9 * 0.1);
        });
        CommandRun run = train(data, "--target", "sales", "--epochs", "30");
        assertThat(run.out())
                .containsPattern(
                        "date as a number of years, season and weekday, which lower a linear model's error by \\d+ %");
        assertThat(run.out())
                .contains("shop dropped: ")
                .contains("its most frequent ")
                .contains(" would not lower the error");
        JsonObject with = json(train(data, "--target", "sales", "--epochs", "30", "--json"));
        JsonObject without = json(train(data, "--target", "sales", "--epochs", "30", "--no-derive", "--json"));
        assertThat(r2(with)).isGreaterThan(0.9);
        assertThat(r2(without)).isLessThan(0.3);
    }

    private static double r2(JsonObject json) {
        return json.getAsJsonObject("heldOut").get("r2").getAsDouble();
    }

    @Test
    void foldsAndTheFitKeepGroupsAndTimeTogether() throws IOException {
        Table cars = Table.read(Path.of(CARS));
        JsonObject json = json(train(
                CARS,
                "--target",
                "Miles_per_Gallon",
                "--group",
                "Name",
                "--time",
                "Year",
                "--folds",
                "3",
                "--epochs",
                "2",
                "--out",
                folder.resolve("cars.flux4j").toString(),
                "--json"));
        assertThat(json.getAsJsonObject("folds")
                        .getAsJsonObject("rms")
                        .get("mean")
                        .getAsDouble())
                .isEqualTo(Learn.crossValidate(
                                Learn.regressor().epochs(2).groupedBy("Name").orderedBy("Year"),
                                cars,
                                "Miles_per_Gallon",
                                Learn.kfold(3).groupedBy("Name").orderedBy("Year"))
                        .mean(Metrics.RMS));
        assertThat(json.get("features").getAsInt()).isEqualTo(7);
        assertThat(json.getAsJsonArray("columnsLeftOut")).isEmpty();
        assertThat(json.get("division").getAsString())
                .startsWith("held out in the order of Year, each Name as a whole at its latest: the last ");
        assertThat(FittedRegressor.load(folder.resolve("cars.flux4j")).features())
                .hasSize(7)
                .doesNotContain("Name");
    }

    @Test
    void theGroupsAreNamedBeforeAndAfter() {
        CommandRun run = train(CARS, "--target", "Miles_per_Gallon", "--group", "Name", "--epochs", "2");
        assertThat(run.out())
                .contains("groups, held out whole")
                .contains("held out by Name: each of its 304 groups as a whole")
                .doesNotContain("Name dropped");
    }

    /** One row in nine is "yes". */
    @Test
    void thresholdAndWeightsAreThoseOfTheCommand() throws IOException {
        StringBuilder csv = new StringBuilder("x,w,y\n");
        for (int i = 0; i < 180; i++) {
            csv.append(i % 30).append(',').append(1 + i % 3).append(i % 9 == 0 ? ",yes\n" : ",no\n");
        }
        Path data = Files.writeString(folder.resolve("rare.csv"), csv);
        Path model = folder.resolve("rare.flux4j");

        CommandRun run = train(
                data.toString(),
                "--target",
                "y",
                "--epochs",
                "3",
                "--weights",
                "w",
                "--class-weights",
                "yes=5,no=1",
                "--threshold",
                "0 of yes",
                "--out",
                model.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "averagePrecision",
                        "rocAuc",
                        "yes is predicted at a probability of at least 0",
                        "always answering no");
        assertThat(CommandRun.of("predict", model.toString(), data.toString())
                        .out()
                        .lines()
                        .skip(1))
                .hasSize(180)
                .allMatch(line -> line.startsWith("yes,"));
        assertThat(CommandRun.of("evaluate", model.toString(), data.toString()).out())
                .contains("accuracy  0.111      weighted 0.0556", "training weighted rows by \"w\"");
        Path unweighted = Files.writeString(
                folder.resolve("unweighted.csv"), csv.toString().replace("x,w,y", "x,v,y"));
        assertThat(CommandRun.of("evaluate", model.toString(), unweighted.toString())
                        .out())
                .contains("a column that is missing here: all rows count the same")
                .doesNotContain("weighted 0");
        refuses(
                train(data.toString(), "--target", "y", "--class-weights", "yes=5,yes=1"),
                "--class-weights must be balanced");
        refuses(
                train(data.toString(), "--target", "x", "--regress", "--threshold", "f1"),
                "--threshold is for classes");
        refuses(
                train(data.toString(), "--target", "y", "--weights", "y"),
                "--weights names a column that is the target");
        refuses(train(data.toString(), "--target", "y", "--threshold", "2"), "a threshold must be f1");
    }

    @Test
    void refusesGroupsAndTimesThatCantBe() {
        refuses(
                train(CARS, "--target", "Miles_per_Gallon", "--group", "Nam"),
                "no column named Nam; the nearest are Name");
        refuses(
                train(CARS, "--target", "Miles_per_Gallon", "--time", "Year", "--drop", "Year"),
                "--time names a column that is dropped, too; name another one, or remove it from --drop");
        refuses(
                train(CARS, "--target", "Miles_per_Gallon", "--group", "Miles_per_Gallon"),
                "--group names a column that is the target");
    }

    @Test
    void classesAreJudgedByAccuracyAndLogLoss() {
        JsonObject json = json(train(IRIS, "--target", "species", "--folds", "3", "--epochs", "2", "--json"));
        assertThat(json.get("task").getAsString()).isEqualTo("classification");
        assertThat(json.getAsJsonObject("folds").keySet()).containsExactly("accuracy", "logLoss");
        assertThat(json.getAsJsonObject("folds").getAsJsonObject("logLoss").keySet())
                .startsWith("mean", "std");
    }

    @Test
    void linearFitsALinearModel() {
        JsonObject json = json(train(CARS, "--target", "Miles_per_Gallon", "--linear", "--epochs", "30", "--json"));
        assertThat(json.getAsJsonObject("heldOut").get("rms").getAsDouble())
                .isCloseTo(json.getAsJsonObject("yardstick").get("rms").getAsDouble(), within(0.3)); // by steps
        assertThat(json.get("verdict").getAsString()).isEmpty();
    }

    @Test
    void withoutFoldsItFitsAndReportsAndWritesTheModel() throws IOException {
        Path out = folder.resolve("mpg.flux4j");
        CommandRun run = train(CARS, "--target", "Miles_per_Gallon", "--epochs", "2", "--out", out.toString());
        assertThat(run.out())
                .startsWith("auto-mpg.csv: 406 rows, 9 columns")
                .contains("regression: the target has 129 different numbers")
                .contains("held-out rms")
                .contains("(ridge ")
                .contains("90 % intervals")
                .contains("8 rows dropped: without Miles_per_Gallon")
                .contains("Name dropped")
                .endsWith("model: " + out + System.lineSeparator());
        assertThat(FittedRegressor.load(out).predict(Table.read(Path.of(CARS)))).hasSize(406);
    }

    @Test
    void withFoldsAndOutItDoesBoth() throws IOException {
        Path out = folder.resolve("iris.flux4j");
        JsonObject json = json(
                train(IRIS, "--target", "species", "--folds", "2", "--epochs", "2", "--json", "--out", out.toString()));
        assertThat(json.has("folds")).isTrue();
        assertThat(json.getAsJsonObject("heldOut").keySet()).containsExactly("accuracy", "logLoss");
        assertThat(FittedClassifier.load(out).classes()).hasSize(3);
    }

    @Test
    void aSeedRepeatsTheFigures() {
        String[] command = {IRIS, "--target", "sepal_length", "--epochs", "2", "--folds", "2", "--json", "--seed", "7"};
        JsonObject first = json(train(command)).getAsJsonObject("folds");
        assertThat(json(train(command)).getAsJsonObject("folds")).isEqualTo(first);
        command[command.length - 1] = "8";
        assertThat(json(train(command)).getAsJsonObject("folds")).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "20, '',         classification",
        "21, '',         regression",
        "20, --regress,  regression",
        "21, --classify, classification"
    })
    void fewWholeNumbersAreClassesUnlessToldOtherwise(int different, String flag, String task) throws IOException {
        String data = file("x,y", 10 * different, i -> i + "," + i % different);
        List<String> arguments = new ArrayList<>(List.of(data, "--target", "y", "--epochs", "1", "--json"));
        if (!flag.isEmpty()) {
            arguments.add(flag);
        }
        JsonObject json = json(train(arguments.toArray(String[]::new)));
        assertThat(json.get("task").getAsString()).isEqualTo(task);
        assertThat(json.get("why").getAsString()).contains(different + " different");
    }

    @Test
    void droppedColumnsAreNotLearntFrom() {
        JsonObject json =
                json(train(CARS, "--target", "Miles_per_Gallon", "--drop", "Name,Year", "--epochs", "1", "--json"));
        assertThat(json.get("features").getAsInt()).isEqualTo(6);
        assertThat(json.getAsJsonArray("columnsLeftOut")).isEmpty();
    }

    @Test
    void everyRowMayMissSomething() throws IOException {
        String data = file("x,z,y", 60, i -> (i % 2 == 0 ? i + ",," : "," + i + ",") + i * 0.5);
        assertThat(json(train(data, "--target", "y", "--epochs", "1", "--json"))
                        .get("rows")
                        .getAsInt())
                .isEqualTo(60);
        String empty = file("x,y", 60, i -> "," + i * 0.5);
        assertThat(train(empty, "--target", "y").err()).contains("there is no column to learn y from");
    }

    @Test
    void aLabelSeenOnceIsNoted() throws IOException {
        String data = file("x,y", 41, i -> i + "," + (i == 40 ? "c" : i % 2 == 0 ? "a" : "b"));
        assertThat(train(data, "--target", "y", "--epochs", "1").out()).contains("class c has only one row");
        assertThat(json(train(data, "--target", "y", "--epochs", "1", "--json", "--folds", "2"))
                        .has("folds"))
                .isTrue();
    }

    @Test
    void aColumnMayHaveAnyName() throws IOException {
        String data = file("<script>,\"a \"\"b\"\"\",y", 40, i -> i + "," + i % 7 + "," + i * 0.5);
        JsonObject json = json(train(data, "--target", "<script>", "--epochs", "1", "--json", "--folds", "2"));
        assertThat(json.get("target").getAsString()).isEqualTo("<script>");
    }

    @Test
    void decimalCommasAreFoundWithAnySeparator() throws IOException {
        String semicolons = file("x;y", 40, i -> i + ",5;" + i * 2 + ",25");
        assertThat(train(semicolons, "--target", "y", "--epochs", "1").out()).contains("with decimal commas");
        String quoted = file("x,y", 40, i -> "\"" + i + ",5\",\"" + i * 2 + ",25\"");
        JsonObject json = json(train(quoted, "--target", "y", "--epochs", "1", "--json"));
        assertThat(json.get("task").getAsString()).isEqualTo("regression");
    }

    @Test
    void refusesWhatIsNoTable() throws IOException {
        refuses(train("missing.csv", "--target", "y"), "got missing.csv, which can't be read; the current folder is ");
        refuses(train(folder.toString(), "--target", "y"), ", which is a folder");
        CommandRun empty = train(Files.createFile(folder.resolve("empty.csv")).toString(), "--target", "y");
        assertThat(empty.err()).contains("the file is empty");
        assertThat(empty.code()).isEqualTo(1);
    }

    @Test
    void refusesATargetThatNothingCanBeLearntOf() throws IOException {
        refuses(train(CARS, "--target", "mpg"), "there is no column named mpg; the nearest are ");
        refuses(train(CARS, "--target", "Name"), "311 different texts in 406 rows, too many for classes; name another");
        refuses(train(CARS, "--target", "Origin", "--regress"), "--regress needs a target of numbers");
        refuses(train(CARS, "--target", "Year", "--drop", "Year"), "--drop names the target");
        refuses(train(CARS, "--target", "Year", "--drop", "Yeer"), "there is no column named Yeer");
        String empty = file("x,y", 40, i -> i + ",");
        refuses(train(empty, "--target", "y"), "no value in 40 rows");
        String constant = file("x,y", 40, i -> i + ",5");
        refuses(train(constant, "--target", "y"), "one value only in 40 rows");
        String alone = file("x,y", 40, i -> i + (i == 9 ? ",b" : ",a"));
        refuses(
                train(alone, "--target", "y", "--folds", "2"),
                "--folds needs at least two rows of each of two classes");
    }

    @Test
    void refusesOptionsThatMakeNoSense() {
        refuses(train(IRIS, "--target", "species", "--folds", "1"), "--folds must be 2 or more, but was 1");
        refuses(train(IRIS, "--target", "species", "--epochs", "0"), "--epochs must be 1 or more, but was 0");
        refuses(train(IRIS, "--target", "species", "--classify", "--regress"), "mutually exclusive");
        refuses(train(IRIS), "--target");
    }

    @Test
    void leavesWhatIsNoModelAsItIs() throws IOException {
        String data = file("x,y", 40, i -> i + "," + i * 0.5);
        refuses(train(data, "--target", "y", "--out", data), "exists and isn't a model, so it was not replaced");
        refuses(train(data, "--target", "y", "--out", folder.toString()), "it is a folder; name a file in it");
        refuses(train(data, "--target", "y", "--out", folder + "/no/model"), "there is no folder");
        Path other = Files.writeString(folder.resolve("notes.txt"), "mine, and not to be lost");
        refuses(
                train(data, "--target", "y", "--out", other.toString()),
                "exists and isn't a model, so it was not replaced");
    }

    @Test
    void aModelMayReplaceAModel() throws IOException {
        String data = file("x,y", 40, i -> i + "," + i * 0.5);
        String out = folder.resolve("line.flux4j").toString();
        for (String epochs : List.of("1", "30")) {
            assertThat(train(data, "--target", "y", "--epochs", epochs, "--out", out)
                            .code())
                    .isZero();
        }
        assertThat(FittedRegressor.load(Path.of(out)).predict(20)).isCloseTo(10, within(4.0)); // learnt a little
    }

    @Test
    void keptColumnsAreLearntFrom() {
        JsonObject json = json(train(
                CARS, "--target", "Miles_per_Gallon", "--keep", "Name", "--epochs", "1", "--folds", "2", "--json"));
        assertThat(json.get("features").getAsInt()).isEqualTo(8);
        assertThat(json.getAsJsonArray("columnsLeftOut")).isEmpty();
        refuses(train(CARS, "--target", "Year", "--keep", "Nam", "--json"), "there is no column named Nam");
    }

    @Test
    void theMessageForColumnsWithTooManyValuesNamesTheOption() throws IOException {
        String names = file("name,y", 60, i -> "n" + i + "," + i * 0.5);
        assertThat(train(names, "--target", "y", "--json").err()).contains("; --keep name uses one of these anyway");
        assertThat(train(names, "--target", "y", "--keep", "name", "--epochs", "1")
                        .code())
                .isZero();
    }

    @Test
    void tunesAndMakesAModelOfTheBest() throws IOException {
        Path out = folder.resolve("mpg.flux4j");
        Path kept = folder.resolve("tuning.json");
        String[] command = {
            CARS,
            "--target",
            "Miles_per_Gallon",
            "--tune",
            "eta=1e-4..1e-1 log",
            "--tune",
            "hidden=4,8",
            "--trials",
            "3",
            "--folds",
            "2",
            "--epochs",
            "2",
            "--json",
            "--out",
            out.toString(),
            "--tune-file",
            kept.toString(),
            "--report",
            folder.resolve("tuning.html").toString()
        };
        JsonObject tuning = json(train(command)).getAsJsonObject("tuning");
        assertThat(tuning.get("metric").getAsString()).isEqualTo("rms");
        assertThat(tuning.get("folds").getAsInt()).isEqualTo(2);
        assertThat(tuning.getAsJsonArray("trials")).hasSize(3);
        assertThat(folder.resolve("tuning.html"))
                .content()
                .contains(
                        "A model of Miles_per_Gallon",
                        "<h2>Tuning</h2>",
                        "The best first",
                        "Which columns predictions rely on");
        JsonObject best = tuning.getAsJsonArray("trials").get(0).getAsJsonObject();
        assertThat(best.getAsJsonObject("values").keySet()).containsExactly("eta", "hidden");
        assertThat(best.getAsJsonArray("perFold")).hasSize(2);
        assertThat(FittedRegressor.load(out).settings().get("network"))
                .contains(
                        "dense(" + best.getAsJsonObject("values").get("hidden").getAsInt() + ", relu)");
        assertThat(json(train(command)).getAsJsonObject("tuning")).isEqualTo(tuning); // of what was kept
        command[8] = "4";
        refuses(train(command), "is of another tuning, so it was not replaced");
    }

    @Test
    void trialsAreATableForPeople() {
        CommandRun run = train(IRIS, "--target", "species", "--tune", "hidden=4,8", "--folds", "2", "--epochs", "2");
        assertThat(run.out())
                .containsPattern("trial +hidden +logLoss +accuracy")
                .contains("2 trials, 2 folds")
                .contains("held-out accuracy");
        assertThat(run.err()).contains("trial 1/2").contains("trial 2/2").contains("epoch 2/2");
    }

    @Test
    void refusesTuningThatMakesNoSense() {
        refuses(train(IRIS, "--target", "species", "--trials", "3"), "--trials needs something to tune; add --tune");
        refuses(train(IRIS, "--target", "species", "--tune-file", "x"), "--tune-file needs something to tune");
        refuses(train(IRIS, "--target", "species", "--tune", "eta=1,2", "--trials", "0"), "--trials must be 1 or more");
        refuses(
                train(IRIS, "--target", "species", "--tune", "width=1,2", "--json"),
                "of eta, decay, hidden, dropout, batchSize, epochs, patience, networks, cosines, sigma, lambda, alpha, labelSmoothing");
        refuses(train(CARS, "--target", "Year", "--tune", "labelSmoothing=0.1,0.2", "--json"), "label");
    }

    @Test
    void theNamesInTheHelpAreThoseThatThereAre() {
        assertThat(train("--help").out().replaceAll("\\s+", " "))
                .contains("Names: " + String.join(", ", Tuning.names()) + ".");
    }

    @Test
    void progressIsSilentByRequestAndBesideJson() {
        String[] command = {IRIS, "--target", "species", "--epochs", "2", "--folds", "2"};
        assertThat(train(command).err().lines()).containsExactly("fold 1/2", "fold 2/2");
        List<String> quiet = new ArrayList<>(Arrays.asList(command));
        quiet.add("--quiet");
        assertThat(train(quiet.toArray(String[]::new)).err()).isEmpty();
    }

    @Test
    void anInterruptBeforeAnythingWasLearntIsASentence() {
        Thread.currentThread().interrupt();
        CommandRun run = train(IRIS, "--target", "species", "--epochs", "2", "--folds", "2", "--json");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.err()).startsWith("flux4j train: interrupted before all was done");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void moreColumnsThanAFileHasRoomForAreRefusedBeforeTraining() throws IOException {
        String header = IntStream.range(0, 50_001).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        String data = file(header, 6, i -> (i + ",").repeat(50_000) + i * 0.5);
        refuses(
                train(
                        data,
                        "--target",
                        "c50000",
                        "--out",
                        folder.resolve("m.flux4j").toString()),
                "a model file holds at most 50000 columns, but the table has 50001; drop some with --drop");
    }

    @Test
    void numbersThatAreHardlyClassesAreRefusedAsSuch() throws IOException {
        String data = file("x,y", 60, i -> i + "," + i * 0.5);
        refuses(train(data, "--target", "y", "--classify"), "too many for classes; omit --classify");
    }

    @Test
    void aReportIsAPageWithTheCommandThatRepeatsIt() throws IOException {
        Path report = folder.resolve("report.html");
        String data = file("x,<b>y", 60, i -> i + "," + i * 0.5);
        for (int time = 0; time < 2; time++) {
            CommandRun run = train(data, "--target", "<b>y", "--epochs", "2", "--report", report.toString());
            assertThat(run.out()).endsWith("report: " + report + System.lineSeparator());
        }
        assertThat(report)
                .content()
                .contains(
                        "A model of &lt;b&gt;y",
                        "root mean square error",
                        "--target &#39;&lt;b&gt;y&#39; --epochs 2 --report ")
                .doesNotContain("<b>y");
    }

    @Test
    void aReportOfFoldsAloneIsThatOfTheFolds() throws IOException {
        Path report = folder.resolve("report.html");
        json(train(
                IRIS, "--target", "species", "--folds", "2", "--epochs", "2", "--json", "--report", report.toString()));
        assertThat(report).content().contains("cross-validated", "Confusion", "Each fold&#39;s accuracy");
    }

    @Test
    void aReportReplacesNothingButAPage() throws IOException {
        String data = file("x,y", 40, i -> i + "," + i * 0.5);
        refuses(train(data, "--target", "y", "--report", data), "exists and isn't a page, so it was not replaced");
        refuses(train(data, "--target", "y", "--report", folder.toString()), "it is a folder; name a file in it");
        refuses(train(data, "--target", "y", "--report", folder + "/no/page"), "there is no folder");
    }
}
