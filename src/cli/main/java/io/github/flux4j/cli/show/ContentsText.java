package io.github.flux4j.cli.show;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.internal.format.Header;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.internal.format.Place;
import io.github.flux4j.internal.model.NetworkLayout;
import io.github.flux4j.internal.records.RecordJson;
import io.github.flux4j.learn.Report.Equation;
import io.github.flux4j.predict.Predictor;
import io.github.flux4j.serve.Served.Quality;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Contents for people. */
final class ContentsText {

    private static final int MOST = 100_000;

    private final PrintWriter out;

    ContentsText(PrintWriter out) {
        this.out = out;
    }

    void write(Contents contents) throws IOException {
        if (contents.model() == null) {
            line("kind", "safetensors file of another program");
            line("size", size(contents.bytes()));
            contents.header().metadata().forEach((key, text) -> line("text", key + ": " + text));
            contents.header().entries().forEach((name, entry) -> tensor(name, entry));
        } else {
            writeModel(contents);
        }
    }

    private void writeModel(Contents contents) throws IOException {
        Map<String, Object> document = contents.model().document();
        line("kind", contents.model().kind());
        line("written", "by flux4j " + document.get("version") + ", " + document.get("created"));
        line("size", size(contents.bytes()));
        line("checksum", "sha256 " + contents.header().metadata().get("sha256") + ", right");
        line("type", document.get("type"));
        writeEstimator(contents);
        NetworkLayout structure = contents.model().structure();
        List<Place> networks = structure.networks();
        for (int i = 0; i < networks.size(); i++) {
            line("network", networks.size() == 1 ? "" : String.valueOf(i));
            for (Place place : networks.get(i).leaves()) {
                layer(place, contents.header());
            }
        }
        writeOthers(contents.header(), structure);
        if (contents.stand() != null) {
            writeStand(contents.stand());
        }
    }

    /** What an estimator's file has beside networks: what it predicts, of what, and how well. */
    private void writeEstimator(Contents contents) throws IOException {
        if (!contents.model().document().containsKey("features")) {
            return;
        }
        Predictor predictor = Predictor.load(contents.file());
        line(
                "predicts",
                String.join(", ", predictor.targets()) + (predictor.isClassifier() ? ": " + predictor.classes() : ""));
        line("of", String.join(", ", predictor.features().names()));
        Quality quality = Quality.of(predictor);
        quality.heldOut()
                .forEach((metric, value) -> line(
                        "held out",
                        metric + " " + brief(value)
                                + (quality.yardsticks().containsKey(metric)
                                        ? " (" + quality.yardstick() + " "
                                                + brief(quality.yardsticks().get(metric)) + ")"
                                        : "")));
        quality.notes().forEach(note -> line("note", note));
        JsonObject report =
                JsonObject.of("the report", contents.model().document().getOrDefault("report", Map.of()));
        writeEquations(report);
        writeProvenance(report);
    }

    /** Of a linear model. */
    private void writeEquations(JsonObject report) throws ModelFileException {
        for (Object json : report.list("equations", MOST, Object.class)) {
            List<String> lines =
                    RecordJson.PLAIN.read(Equation.class, "an equation", json).lines(MOST);
            for (int i = 0; i < lines.size(); i++) {
                line(i == 0 ? "equation" : "", lines.get(i));
            }
        }
    }

    /** What it was made of, and by what; nothing in a file of before. */
    private void writeProvenance(JsonObject report) throws ModelFileException {
        if (!report.has("provenance")) {
            return;
        }
        JsonObject made = JsonObject.of("the provenance", report.values().get("provenance"));
        JsonObject settings = JsonObject.of("the settings", report.values().get("settings"));
        line("table", made.count("rows") + " rows, sha256 " + made.text("table"));
        if (!made.text("file").isEmpty()) {
            line("its file", "sha256 " + made.text("file"));
        }
        line(
                "trained",
                "from " + made.text("started") + " to " + made.text("ended") + ", seed " + settings.text("seed", "0"));
        JsonObject.of("the environment", report.values().get("environment")).values().entrySet().stream()
                .filter(each -> !each.getKey().equals("made"))
                .forEach(each -> line("by", each.getKey() + " " + each.getValue()));
    }

    private static String brief(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    private void layer(Place place, Header header) throws ModelFileException {
        String settings = place.settings().values().entrySet().stream()
                .filter(setting -> !setting.getKey().equals("type"))
                .map(setting -> setting.getKey() + "=" + value(setting.getValue()))
                .collect(Collectors.joining(" "));
        String tensors = header.entries().entrySet().stream()
                .filter(tensor -> isOf(place, tensor.getKey()))
                .map(tensor -> tensor.getKey().substring(place.path().length()) + " " + tensor.getValue())
                .collect(Collectors.joining(", "));
        String path = place.path().isEmpty()
                ? ""
                : place.path().substring(0, place.path().length() - 1);
        out.println(("  " + padded(path, 6) + " " + padded(place.type(), 10) + " " + padded(settings, 44) + " "
                        + Printable.text(tensors))
                .stripTrailing());
    }

    /** Its own, not of a layer further down nor of a section. */
    private static boolean isOf(Place place, String name) {
        return name.startsWith(place.path()) && name.indexOf('.', place.path().length()) < 0;
    }

    /** Whole ones without a point, those of Float32 with its few digits. */
    private static Object value(Object value) {
        if (!(value instanceof Double number)) {
            return value;
        }
        boolean isWhole = number == Math.rint(number) && Math.abs(number) < 1e9;
        return isWhole ? (Object) number.longValue() : number == number.floatValue() ? number.floatValue() : value;
    }

    /** How much there is of each section. */
    private void writeOthers(Header header, NetworkLayout structure) {
        Map<String, Integer> sections = new TreeMap<>();
        header.entries().keySet().stream()
                .filter(name -> !structure.tensors().containsKey(name))
                .forEach(name -> sections.merge(name.substring(0, name.indexOf('.')), 1, Integer::sum));
        sections.forEach((section, count) -> line(section, count + (count == 1 ? " tensor" : " tensors")));
    }

    private void writeStand(Stand stand) {
        line("training", "after epoch " + stand.epoch() + (stand.ended() ? ", ended early" : ""));
        stand.last().forEach((name, value) -> line("", name + " " + value(value)));
        line("best", stand.bestEpoch() == 0 ? "none" : "epoch " + stand.bestEpoch() + ", loss " + stand.bestLoss());
        line("rule", stand.rule() + ", applied " + stand.steps() + (stand.steps() == 1 ? " time" : " times"));
        stand.schedules().forEach(schedule -> line("schedule", schedule));
    }

    private void tensor(String name, Header.Entry entry) {
        line("tensor", padded(name, 32) + " " + entry);
    }

    private void line(String what, Object value) {
        out.println((padded(what, 10) + " " + Printable.text(value)).stripTrailing());
    }

    private static String padded(String text, int width) {
        return String.format(Locale.ROOT, "%-" + width + "s", Printable.text(text));
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%,d bytes", bytes);
    }
}
