package io.github.flux4j.io;

import static io.github.flux4j.Flux4j.*;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.github.flux4j.fit.Unknown;
import io.github.flux4j.io.onnx.Onnx;
import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.BatchNorm;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Layers;
import io.github.flux4j.layers.Mode;
import io.github.flux4j.learn.Classifier;
import io.github.flux4j.learn.Fitted;
import io.github.flux4j.learn.FittedClassifier;
import io.github.flux4j.learn.FittedRegressor;
import io.github.flux4j.learn.Learn;
import io.github.flux4j.learn.Regressor;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Rules;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.optimise.Schedule.Stage;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.table.Csv;
import io.github.flux4j.table.Table;
import io.github.flux4j.train.Checkpoints.TrainingState;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The program that wrote the files of schema 1 that must be read for ever, with what was predicted from them then: {@code Schema1Writer FOLDER}. It is kept to
 * show what is in them, and to write the next schema's; it never writes again over those that are there.
 */
public final class Schema1Writer {

    /** Rows for networks of three numbers: eighths, so that sums of products with sixteenths are exact. */
    static final double[][] ROWS = {{0.5, -1.25, 2}, {-0.375, 0.75, 0.125}, {1.5, 3, -2.25}};

    /** rrelu draws its slopes in predictions, too: these are read, and predict something else each time. */
    private static final List<String> DRAWS = List.of("layer-22-rrelu", "layer-23-rrelu-0-1-0-2", "activation-rrelu");

    private final Path folder;
    private final Map<String, Object> expected = new LinkedHashMap<>();

    private Schema1Writer(Path folder) {
        this.folder = folder;
    }

    /** Writes into a folder that must be empty. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        try (var files = Files.list(folder)) {
            if (files.anyMatch(file -> file.toString().endsWith(".flux4j"))) {
                throw new IOException(folder + " has files already, which are never written again");
            }
        }
        new Schema1Writer(folder).write();
    }

    private void write() throws IOException {
        layers();
        checkpoints();
        regressors();
        classifiers();
        networks();
        Gson gson = new GsonBuilder().serializeSpecialFloatingPointValues().create();
        String lines = expected.entrySet().stream()
                .map(entry -> gson.toJson(entry.getKey()) + ": " + gson.toJson(entry.getValue()))
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
        Files.writeString(folder.resolve("expected.json"), lines);
    }

    private void layers() throws IOException {
        int count = 0;
        for (Layers.Known known : Layers.all()) {
            Layer layer = known.make().get();
            model("layer-" + ++count + "-" + plain(known.toString()), layer, !known.isOwn());
        }
        for (Activation activation : Activation.all()) {
            model("activation-" + activation, chain(dense(3, 3, activation), activation), true);
        }
        for (Activation activation :
                List.of(elu(0.5), celu(2), leakyrelu(0.2), trelu(0.3), softshrink(0.25), rrelu(0.25, 0.25))) {
            model("activation-" + plain(activation.text()), chain(dense(3, 3, activation), activation), true);
        }
        model("names", namedChain(), true);
        model("float64", f64(chain(dense(3, 4, SIGMOID), moved(batchNorm(4)), dropout(0.5), dense(4, 2))), true);
        Chain modes = chain(dense(3, 3), dropout(0.5), moved(batchNorm(3)));
        modes.setMode(Mode.TEST);
        model("modes", modes, true);
        model(
                "epsilon",
                chain(
                        layerNorm(3).withEpsilon(0.25),
                        moved(batchNorm(3).withEpsilon(0.5).withMomentum(0.25))),
                true);
    }

    private static Chain namedChain() {
        return Chain.named()
                .layer("encoder", chain(dense(3, 4, TANH), scale(4)))
                .layer("größe", dense(4, 3))
                .build();
    }

    private static BatchNorm moved(BatchNorm layer) {
        layer.runningMean().assign(0.25);
        layer.runningVariance().assign(2.5);
        return layer;
    }

    private static String plain(String text) {
        return text.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "").toLowerCase(java.util.Locale.ROOT);
    }

    /** Numbers are sixteenths. */
    private static void fill(Layer layer) {
        INDArray numbers = layer.flatParameters();
        if (numbers != null) {
            SplittableRandom random = new SplittableRandom(7);
            for (long i = 0; i < numbers.length(); i++) {
                numbers.putScalar(i, (random.nextInt(33) - 16) / 16.0);
            }
        }
    }

    private void model(String name, Layer layer, boolean isOfTheLibrary) throws IOException {
        fill(layer);
        Path file = folder.resolve(name + ".flux4j");
        save(layer, file);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", "model");
        if (!DRAWS.contains(name)) {
            INDArray rows = rows(ROWS).castTo(layer.dataType());
            entry.put(
                    "predictions",
                    isOfTheLibrary
                            ? Predictor.load(file).predict(ROWS)
                            : layer.predict(rows).toDoubleMatrix());
        }
        expected.put(name, entry);
        onnx(name, layer, entry);
    }

    private void onnx(String name, Layer layer, Map<String, Object> entry) throws IOException {
        Path file = folder.resolve(name + ".onnx");
        try {
            Onnx.export(layer, file);
            Onnx.read(file);
            entry.put("onnx", true);
        } catch (IllegalArgumentException | IOException e) {
            Files.deleteIfExists(file);
            entry.put("onnx", false);
        }
    }

    private static List<Schedule> schedules() {
        Schedule exp = Schedule.exp(0.1, 0.5);
        return List.of(
                Schedule.constant(0.1),
                Schedule.step(0.1, 0.5, 2),
                Schedule.step(0.1, 0.5, 2, 3),
                exp,
                Schedule.poly(0.1, 2, 10),
                Schedule.inv(0.1, 0.5, 2),
                Schedule.triangle(0.1, 0.2, 4),
                Schedule.triangleDecay2(0.1, 0.2, 4),
                Schedule.triangleExp(0.1, 0.2, 4, 0.5),
                Schedule.sin(0.1, 0.2, 4),
                Schedule.sinDecay2(0.1, 0.2, 4),
                Schedule.sinExp(0.1, 0.2, 4, 0.5),
                Schedule.cosAnneal(0.1, 0.2, 4),
                Schedule.cosAnneal(0.1, 0.2, 4, false),
                Schedule.oneCycle(10, 0.2),
                Schedule.oneCycle(10, 0.2, 0.01, 0.001, 0.3),
                Schedule.sequence(new Stage(exp, 2), new Stage(Schedule.constant(0.1), 3)),
                Schedule.loop(exp, 3),
                Schedule.shifted(exp, 2),
                Schedule.interpolator(exp, 2));
    }

    private void checkpoints() throws IOException {
        List<Schedule> schedules = schedules();
        for (int i = 0; i < Rules.all().size(); i++) {
            Rules.Known known = Rules.all().get(i);
            checkpoint(
                    "checkpoint-" + (i + 1) + "-" + plain(known.toString()).replaceAll("(.{24}).*", "$1"),
                    known,
                    i,
                    schedules.get(i % schedules.size()));
        }
    }

    private void checkpoint(String name, Rules.Known known, int i, Schedule schedule) throws IOException {
        seed(11 + i);
        Chain start = i % 3 == 0
                ? chain(dense(3, 3, TANH), batchNorm(3), dropout(0.25), dense(3, 1))
                : chain(dense(3, 2, TANH), dense(2, 1));
        Chain model = i % 4 == 1 ? f64(start) : start;
        INDArray x = rows(ROWS).castTo(model.dataType());
        INDArray y = column(1, -1, 0.5).castTo(model.dataType());
        Path file = folder.resolve(name + ".flux4j");
        Optimiser optimiser = setup(known.rule(), model);
        if (known.rule().toString().contains("eta") || !known.toString().startsWith("OptimiserChain")) {
            optimiser = adjustable(optimiser, schedule, i % 2 == 0);
        }
        trainer(MSE, model, optimiser)
                .validate(x, y)
                .earlyStopping(9)
                .restoreBest()
                .checkpoint(Checkpoint.at(file), 1)
                .train(dataLoader(x, y).batchSize(3).shuffle(3), 2);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", "checkpoint");
        entry.putAll(facts(file));
        expected.put(name, entry);
    }

    private static Optimiser adjustable(Optimiser optimiser, Schedule schedule, boolean perEpoch) {
        String name = optimiser.rule().toString().startsWith("AdaDelta") ? "rho" : "eta";
        try {
            return perEpoch ? optimiser.perEpoch(name, schedule) : optimiser.perBatch(name, schedule);
        } catch (IllegalArgumentException e) {
            return optimiser;
        }
    }

    /** What a checkpoint says, and what comes of going on with it. */
    static Map<String, Object> facts(Path file) throws IOException {
        Checkpoint checkpoint = Checkpoint.read(file);
        Optimiser optimiser = checkpoint.optimiser();
        Layer model = optimiser.model();
        INDArray x = rows(ROWS).castTo(model.dataType());
        INDArray y = column(1, -1, 0.5).castTo(model.dataType());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("rule", optimiser.rule().text());
        facts.put(
                "schedules",
                optimiser.followed().stream()
                        .map(each -> each.name() + " " + each.perBatch() + " "
                                + each.schedule().text())
                        .toList());
        facts.put("steps", List.of(optimiser.state().epochs(), optimiser.state().batches()));
        facts.put(
                "slots",
                optimiser.state().slots().stream()
                        .map(slot -> slot.path() + " " + slot.length() + " "
                                + slot.rule().text() + " " + slot.frozen())
                        .toList());
        facts.put(
                "memory",
                optimiser.state().slots().stream()
                        .flatMap(slot -> slot.memory().stream())
                        .map(Arrays::hashCode)
                        .toList());
        TrainingState training = checkpoint.training();
        facts.put(
                "training",
                List.of(
                        training.epoch(),
                        training.ended(),
                        training.bestEpoch(),
                        training.bestLoss(),
                        String.valueOf(training.shuffling()),
                        training.series().keySet().toString()));
        facts.put("numbers", Arrays.hashCode(model.flatParameters().toDoubleVector()));
        model.setMode(Mode.TEST);
        facts.put("predictions", model.predict(x).toDoubleMatrix());
        train(MSE, model, List.of(batch(x, y)), optimiser);
        facts.put("after", model.flatParameters().toDoubleVector());
        return facts;
    }

    /** What {@code ModelSerializer} writes of {@code network()}: our own parts among Deeplearning4j's, in each place where they can stand. */
    private void networks() throws IOException {
        network("network-adam-gelu-huber", chain(dense(3, 3, GELU), dense(3, 1)), HUBER, adam(0.01));
        network(
                "network-kernels",
                chain(dense(3, 3), batchNorm(3), dropout(0.25), layerNorm(3), scale(3), dense(3, 1, SWISH)),
                MAE,
                optimiserChain(weightDecay(), momentum()));
        network("network-float64", f64(chain(dense(3, 3, leakyrelu(0.2)), SOFTMAX, dense(3, 1))), MSE, rAdam());
        network("network-loss-layer", chain(dense(3, 3), LOGSOFTMAX, dense(3, 1), MISH), HINGE_LOSS, descent(0.05));
    }

    private void network(String name, Layer model, LossFunction loss, Rule rule) throws IOException {
        seed(17);
        fill(model);
        INDArray x = rows(ROWS).castTo(model.dataType());
        INDArray y = column(1, -1, 0.5).castTo(model.dataType());
        train(loss, model, List.of(batch(x, y), batch(x, y)), setup(rule, model));
        MultiLayerNetwork network = model.network();
        network.fit(x, y); // so that the updater has a state
        Path file = folder.resolve(name + ".zip");
        ModelSerializer.writeModel(network, file.toFile(), true);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", "network");
        entry.putAll(outcome(file));
        expected.put(name, entry);
    }

    /** What a saved network predicts, and its parameters after one more step. */
    static Map<String, Object> outcome(Path file) throws IOException {
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
        INDArray x = rows(ROWS).castTo(network.params().dataType());
        INDArray y = column(1, -1, 0.5).castTo(network.params().dataType());
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("predictions", network.output(x).toDoubleMatrix());
        network.fit(x, y);
        outcome.put("after", network.params().dup().toDoubleVector());
        return outcome;
    }

    /** Numbers with gaps, dates, texts, two targets, two classes and three, and a weight. */
    static Table table() throws IOException {
        StringBuilder csv = new StringBuilder("a,b,when,colour,code,y,z,kind,half,weight\n");
        SplittableRandom random = new SplittableRandom(3);
        String[] colours = {"red", "green", "blue", ""};
        for (int i = 0; i < 32; i++) {
            double a = random.nextInt(64) / 8.0;
            double b = random.nextInt(64) / 4.0 - 8;
            String colour = colours[random.nextInt(4)];
            double y = 2 * a - b + (colour.equals("red") ? 3 : 0);
            csv.append(i % 7 == 3 ? "" : String.valueOf(a))
                    .append(',')
                    .append(b)
                    .append(",20")
                    .append(10 + i % 12)
                    .append("-0")
                    .append(1 + i % 9)
                    .append("-15,")
                    .append(colour)
                    .append(",k")
                    .append(i / 2)
                    .append(',')
                    .append(y)
                    .append(',')
                    .append(a * b)
                    .append(',')
                    .append(y < 4 ? "low" : y < 12 ? "mid" : "high")
                    .append(',')
                    .append(b < 0 ? "no" : "yes")
                    .append(',')
                    .append(1 + i % 3)
                    .append('\n');
        }
        return Csv.csv().read(new StringReader(csv.toString()), "table");
    }

    private static Regressor small() {
        return Learn.regressor().network("dense(4, relu), dense").epochs(3).networks(1);
    }

    private static Classifier smallClasses() {
        return Learn.classifier().network("dense(4, relu), dense").epochs(3).networks(1);
    }

    /** Columns and a target that aren't written as usual; added after the others were written. */
    private static Table formats() throws IOException {
        StringBuilder csv = new StringBuilder("price;day;share;y\n");
        for (int i = 0; i < 24; i++) {
            csv.append("$").append(i % 7 + 1).append(",").append(100 + i).append(".50;");
            csv.append(i % 28 + 1).append("/").append(i % 12 + 1).append("/2021;");
            csv.append(i % 5 == 0 ? "-9" : i % 9 + ",5%").append(";");
            csv.append(i % 6 + 1).append(",25 €\n");
        }
        return Csv.csv().missing("-9").read(new StringReader(csv.toString()), "formats");
    }

    /** A weekday and a text of which most are rare say all. */
    /** With a heavy tail, which has a curve, and a target to be learnt as a logarithm. */
    private static Table amounts() throws IOException {
        StringBuilder csv = new StringBuilder("x,heavy,y\n");
        for (int i = 0; i < 200; i++) {
            csv.append(i % 7).append(',').append(Math.exp(i % 41 / 6.0 - 3)).append(',');
            csv.append(1 + i % 7 * (i % 41)).append('\n');
        }
        return Csv.csv().read(new StringReader(csv.toString()), "amounts");
    }

    private static Table derived() throws IOException {
        StringBuilder csv = new StringBuilder("day,shop,y\n");
        for (int i = 0; i < 300; i++) {
            LocalDate day = LocalDate.of(2020, 1, 1).plusDays(i);
            int shop = i % 3 == 0 ? i : i * i % 11;
            csv.append(day).append(",s").append(shop).append(',');
            csv.append(4 * day.getDayOfWeek().getValue() + 5 * (shop % 4)).append('\n');
        }
        return Csv.csv().read(new StringReader(csv.toString()), "derived");
    }

    private void regressors() throws IOException {
        Table all = table();
        Table table = all.drop("z", "kind", "half", "weight", "code");
        regressor("plain", small(), table, "y");
        regressor("networks", small().networks(3), table, "y");
        regressor("no-patience", small().patience(0), table, "y");
        regressor(
                "unscaled",
                small().scale(false),
                all.drop("a", "when", "colour", "code", "z", "kind", "half", "weight"),
                "y");
        regressor("cosines", small().cosines(2, 0.5), table, "y");
        regressor("no-cosines", small().cosines(0, 1), table, "y");
        regressor("unknown-refused", small().unknown(Unknown.ERROR), table, "y");
        regressor("kept", small().keep("code"), all.drop("b", "when", "colour", "z", "kind", "half", "weight"), "y");
        regressor("weights", small().weights("weight"), all.drop("when", "colour", "code", "z", "kind", "half"), "y");
        regressor("validation", small().validation(table), table, "y");
        regressor("no-yardstick", small().yardstick(false), table, "y");
        regressor("targets", small().networks(2), all.drop("when", "code", "kind", "half", "weight"), "y", "z");
        regressor(
                "settings",
                small().penalty(0.01, 0.5)
                        .schedule(Schedule.exp(0.01, 0.5))
                        .rule(nesterov(0.01))
                        .loss(HUBER)
                        .batchSize(8)
                        .partial(true)
                        .shuffle(false)
                        .seed(5)
                        .patience(2)
                        .restartOnRuleChange(true),
                table,
                "y");
        regressor(
                "layers",
                small().network("dense(4), batchNorm, leakyrelu(0.2), dropout(0.1), layerNorm, dense"),
                table,
                "y");
        regressor(
                "mlj-flux",
                Learn.regressor().mljFlux().epochs(2),
                all.drop("a", "when", "colour", "code", "kind", "half", "weight"),
                "y");
        regressor("float64", small().network((in, out) -> f64(chain(dense(in, 3, TANH), dense(3, out)))), table, "y");
        FittedRegressor arrays = small().fit(
                        new double[][] {
                            {1, 2}, {2, 1}, {3, 5}, {4, 4}, {5, 0}, {6, 1}, {7, 7}, {8, 3}, {9, 9}, {1, 1}, {2, 2},
                            {3, 3}
                        },
                        new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3});
        fitted("regressor-arrays", arrays, file -> arrays.save(file), List.of(List.of("1.5", "2"), List.of("7", "8")));
        FittedRegressor formats = small().fit(formats(), "y");
        fitted(
                "regressor-formats",
                formats,
                formats::save,
                List.of(List.of("$1,234.50", "31/12/2021", "-9"), List.of("($12)", "n/a", "4,5%")));
        FittedRegressor derived = small().fit(derived(), "y");
        fitted(
                "regressor-derived",
                derived,
                derived::save,
                List.of(List.of("2024-02-29", "s1"), List.of("", "new"), List.of("2031-12-31", "")));
        regressor("background", small().keepRows(true), table, "y");
        FittedRegressor logarithm = small().logTarget().fit(amounts(), "y");
        fitted(
                "regressor-logarithm",
                logarithm,
                logarithm::save,
                List.of(List.of("2", "7.5"), List.of("", "0.01"), List.of("6", "")));
    }

    private interface Saving {
        void to(Path file) throws IOException;
    }

    private void regressor(String name, Regressor regressor, Table table, String... targets) throws IOException {
        FittedRegressor fitted = regressor.fit(table, targets);
        fitted("regressor-" + name, fitted, fitted::save, cells(fitted, table));
    }

    private void classifiers() throws IOException {
        Table all = table();
        Table three = all.drop("y", "z", "half", "weight", "code");
        Table two = all.drop("y", "z", "kind", "weight", "code");
        classifier("plain", smallClasses(), three, "kind");
        classifier("two", smallClasses(), two, "half");
        classifier("networks", smallClasses().networks(3), three, "kind");
        classifier(
                "probabilities",
                smallClasses().network("dense(4, relu), dense(softmax)").loss(CROSSENTROPY),
                three,
                "kind");
        classifier("balanced", smallClasses().balanced().labelSmoothing(0.1), three, "kind");
        classifier(
                "class-weights", smallClasses().classWeights(Map.of("low", 2.0)).unknown(Unknown.ERROR), three, "kind");
        classifier(
                "mlj-flux",
                Learn.classifier().mljFlux().epochs(2),
                all.drop("a", "when", "colour", "code", "z", "kind", "weight"),
                "half");
        classifier(
                "float64",
                smallClasses().network((in, out) -> f64(chain(dense(in, 3, TANH), dense(3, out)))),
                three,
                "kind");
    }

    private void classifier(String name, Classifier classifier, Table table, String target) throws IOException {
        FittedClassifier fitted = classifier.fit(table, target);
        fitted("classifier-" + name, fitted, fitted::save, cells(fitted, table));
    }

    /** Some rows with each kind of gap. */
    private static List<List<String>> cells(Fitted fitted, Table table) {
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < 5; row++) {
            List<String> cells = new ArrayList<>();
            for (String name : fitted.features()) {
                String text = table.column(name).text(row);
                cells.add(text == null ? "" : text);
            }
            rows.add(cells);
        }
        return rows;
    }

    private void fitted(String name, Fitted fitted, Saving saving, List<List<String>> cells) throws IOException {
        Path file = folder.resolve(name + ".flux4j");
        saving.to(file);
        Predictor predictor = Predictor.load(file);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("kind", fitted instanceof FittedRegressor ? "regressor" : "classifier");
        entry.put("cells", new ArrayList<>(cells));
        List<double[]> predictions = new ArrayList<>();
        List<List<String>> taken = new ArrayList<>();
        for (List<String> row : cells) {
            try {
                predictions.add(predictor.predictCells(row.toArray(String[]::new)));
                taken.add(row);
            } catch (IllegalArgumentException e) {
                continue; // a gap where none was
            }
        }
        entry.put("cells", taken);
        entry.put("predictions", predictions);
        if (predictor.hasIntervals()) {
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < taken.get(0).size(); i++) {
                row.put(predictor.features().names().get(i), taken.get(0).get(i));
            }
            entry.put("interval", predictor.interval(row, 0.5));
            entry.put("atLeast", predictor.atLeast(row, 0.5));
        }
        expected.put(name, entry);
    }
}
