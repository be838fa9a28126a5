package io.github.flux4j.learn;

import io.github.flux4j.evaluate.Importance;
import io.github.flux4j.evaluate.Metric;
import io.github.flux4j.evaluate.Metrics;
import io.github.flux4j.evaluate.Unseen;
import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Target;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.documents.SavedModel;
import io.github.flux4j.internal.events.FlightEvents;
import io.github.flux4j.internal.fit.Model;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.model.Beyond;
import io.github.flux4j.internal.model.HeldOutIntervals;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.internal.prepare.Classes;
import io.github.flux4j.internal.prepare.Goal;
import io.github.flux4j.internal.prepare.Preparation;
import io.github.flux4j.internal.prepare.Targets;
import io.github.flux4j.internal.records.Key;
import io.github.flux4j.internal.records.RecordJson;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.values.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Fitted models as files that {@link io.github.flux4j.predict.Predictor} reads, too: the networks, the preparation as {@code features}, the targets as
 * {@code target}, the report, and in the section {@code heldout} the residuals that intervals are made of.
 */
final class FittedJson {

    private static final int MOST = 100_000;
    private static final String FEATURES = "features";
    private static final String TARGET = "target";
    private static final String OFFERED = "columns";
    private static final String REPORT = "report";

    private static final RecordJson REPORTS = RecordJson.PLAIN
            .with(Metric.class, String.class, Metric::name, Metrics::named)
            .with(Importance.class, StoredImportance.class, StoredImportance::of, StoredImportance::importance)
            .with(Unseen.Bin.class, double[].class, FittedJson::stored, FittedJson::bin);

    /** Importance as files have it: names in one list, and what belongs to them in another. */
    private record StoredImportance(
            Metric metric,
            double score,
            @Key(optional = true) Integer rows,
            List<String> columns,
            List<List<Double>> worse) {

        static StoredImportance of(Importance importance) {
            return new StoredImportance(
                    importance.metric(),
                    importance.score(),
                    importance.rows(),
                    importance.columns().stream().map(Importance.OfColumn::name).toList(),
                    importance.columns().stream()
                            .map(Importance.OfColumn::worse)
                            .toList());
        }

        Importance importance() {
            if (worse.size() != columns.size() || worse.stream().anyMatch(List::isEmpty)) {
                throw new IllegalArgumentException("the report's importance lacks numbers for a column");
            }
            return new Importance(
                    metric,
                    score,
                    rows == null ? 0 : rows,
                    IntStream.range(0, columns.size())
                            .mapToObj(i -> new Importance.OfColumn(columns.get(i), worse.get(i)))
                            .toList());
        }
    }

    private static double[] stored(Unseen.Bin bin) {
        return new double[] {bin.probability(), bin.right(), bin.rows()};
    }

    private static Unseen.Bin bin(double... three) {
        if (three.length != 3 || !(three[2] >= 0 && three[2] == (int) three[2])) {
            throw new IllegalArgumentException(
                    "the report's calibration needs a probability, a share and a number of rows for each bin");
        }
        return new Unseen.Bin(three[0], three[1], (int) three[2]);
    }

    /** What a file gives back. */
    record Read(Model model, Report report, HeldOutIntervals intervals, Beyond beyond) {}

    private FittedJson() {}

    /** The intervals are null where there are none to be. */
    static ModelDocument document(String kind, Model model, Report report, HeldOutIntervals intervals) {
        ModelDocument document = new ModelDocument(kind)
                .models(model.networks())
                .put(FEATURES, FeaturesJson.of(model.preparation().features()))
                .put(TARGET, target(model.goal()))
                .put(OFFERED, model.offered())
                .put(REPORT, REPORTS.of(report));
        if (!model.preparation().features().ranges().isEmpty()) {
            document.put("ranges", model.preparation().features().ranges());
        }
        if (!model.preparation().features().background().isEmpty()) {
            document.put("background", model.preparation().features().background());
        }
        if (intervals != null && !intervals.isEmpty()) {
            intervals.tensors().forEach((name, tensor) -> document.section(HeldOutIntervals.SECTION, name, tensor));
        }
        return document;
    }

    private static Object target(Goal goal) {
        if (goal instanceof Classes classes) {
            Target.Classes target = classes.target();
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("name", target.name());
            json.put("type", "classes");
            json.put("classes", target.classes());
            json.put("outputs", target.areLogits() ? "logits" : "probabilities");
            if (!Double.isNaN(target.threshold())) { // earlier versions refuse it, as they must
                json.put("positive", target.classes().get(target.positive()));
                json.put("threshold", target.threshold());
            }
            return json;
        }
        List<Map<String, Object>> all =
                ((Targets) goal).all().stream().map(FittedJson::number).toList();
        return all.size() == 1 ? all.get(0) : all;
    }

    private static Map<String, Object> number(Target.Scaled target) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", target.name());
        json.put("type", "number");
        json.put("mean", target.mean());
        json.put("std", target.std());
        if (Double.isFinite(target.low())) { // JSON has no infinities
            json.put("low", target.low());
            json.put("high", target.high());
        }
        if (target.isLog()) { // earlier versions refuse it, as they must
            json.put("log", true);
        }
        FeaturesJson.putFormat(json, target.format());
        return json;
    }

    /**
     * Reads a file of this kind.
     *
     * @throws ModelFileException if it is another, or none
     */
    static Read read(String kind, Path path, Parts parts) throws IOException {
        FlightEvents.ModelLoaded event = new FlightEvents.ModelLoaded();
        event.begin();
        ModelFile file = ModelFile.read(Objects.requireNonNull(path, "file is null"));
        if (!file.kind().equals(kind)) {
            throw new ModelFileException(path + ": expected a " + kind + ", but this is a " + file.kind() + "; "
                    + (file.kind().equals("regressor") || file.kind().equals("classifier")
                            ? "read it with Fitted"
                                    + Character.toUpperCase(file.kind().charAt(0))
                                    + file.kind().substring(1) + ".load(path)"
                            : "load(path) reads a model"));
        }
        try {
            Read read = read(file, Objects.requireNonNull(parts, "parts is null"));
            event.end(path, kind);
            return read;
        } catch (IllegalArgumentException | ModelFileException e) {
            throw new ModelFileException(path + ": " + e.getMessage());
        }
    }

    private static Read read(ModelFile file, Parts parts) throws ModelFileException {
        JsonObject json = new JsonObject("the model", file.document());
        Goal goal = goal(file.target());
        Model model = new Model(
                json.list(OFFERED, MOST, String.class),
                new Preparation(file.features()),
                goal,
                new SavedModel(file).models(parts));
        requireFitting(file.kind(), model);
        return new Read(
                model,
                REPORTS.read(Report.class, "the report", json.values().get(REPORT)),
                HeldOutIntervals.of(file, model.networks().size()),
                Beyond.of(file));
    }

    private static Goal goal(Target target) {
        return target instanceof Target.Classes classes
                ? new Classes(classes, null, 0)
                : new Targets(((Target.Numbers) target).targets());
    }

    private static void requireFitting(String kind, Model model) throws ModelFileException {
        boolean areClasses = model.goal() instanceof Classes;
        require(
                areClasses == kind.equals("classifier"),
                "this file has a " + kind + ", but its target is of " + (areClasses ? "classes" : "numbers"));
        int inputs = model.preparation().width();
        int outputs = model.goal().outputs();
        for (Layer network : model.networks()) {
            int taken = network.inputs() == 0 ? inputs : network.inputs();
            require(
                    taken == inputs,
                    "the networks in this file have " + taken + " inputs, but its features make " + inputs);
            int given = network.outputSize(inputs);
            require(
                    given == outputs,
                    "the networks in this file have " + given + " outputs, but its target needs " + outputs);
        }
    }

    private static void require(boolean good, String message) throws ModelFileException {
        if (!good) {
            throw ModelFileException.foreign(message);
        }
    }
}
