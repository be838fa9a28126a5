package io.github.flux4j.io;

import io.github.flux4j.format.ModelFileException;
import io.github.flux4j.format.Tensor;
import io.github.flux4j.internal.documents.Leaves;
import io.github.flux4j.internal.documents.ModelDocument;
import io.github.flux4j.internal.format.JsonObject;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.OptimiserState;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.values.Parts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An optimiser's state as JSON and tensors: rules and schedules as text, moments as tensors {@code optimiser.0.1}. */
final class OptimiserJson {

    static final String SECTION = "optimiser";

    private static final int MOST = 100_000;

    private OptimiserJson() {}

    /**
     * Adds the state to a file.
     *
     * @throws IllegalArgumentException if a rule or a schedule can't be written as text
     */
    static void add(Optimiser optimiser, ModelDocument document) {
        OptimiserState state = optimiser.state();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", state.rule().text());
        json.put("epochs", (double) state.epochs());
        json.put("steps", (double) state.batches());
        json.put(
                "schedules",
                optimiser.followed().stream().map(OptimiserJson::json).toList());
        List<Object> slots = new ArrayList<>();
        for (int i = 0; i < state.slots().size(); i++) {
            slots.add(json(state.slots().get(i)));
            addMemory(i, state.slots().get(i).memory(), document);
        }
        json.put("slots", slots);
        document.put(SECTION, json);
    }

    private static Map<String, Object> json(Optimiser.Followed followed) {
        return Map.of(
                "name", followed.name(),
                "schedule", followed.schedule().text(),
                "per", followed.perBatch() ? "batch" : "epoch");
    }

    private static Map<String, Object> json(OptimiserState.Slot slot) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", slot.path());
        json.put("length", (double) slot.length());
        json.put("rule", slot.rule().text());
        json.put("frozen", slot.frozen());
        json.put("arrays", (double) slot.memory().size());
        return json;
    }

    private static void addMemory(int slot, List<double[]> arrays, ModelDocument document) {
        for (int k = 0; k < arrays.size(); k++) {
            document.section(SECTION, slot + "." + k, exact(arrays.get(k)));
        }
    }

    /** Uses Float32 where it is exact. */
    private static Tensor exact(double[] numbers) {
        float[] narrow = Leaves.narrowed(numbers);
        for (int i = 0; i < narrow.length; i++) {
            if (narrow[i] != numbers[i]) {
                return Tensor.of(numbers, numbers.length);
            }
        }
        return Tensor.of(narrow, narrow.length);
    }

    /** Reads the state of a file. */
    static OptimiserState state(JsonObject json, Map<String, Tensor> tensors, Parts parts) throws ModelFileException {
        json.requireOnly("rule", "epochs", "steps", "schedules", "slots");
        List<OptimiserState.Slot> slots = new ArrayList<>();
        for (Object each : json.list("slots", MOST)) {
            slots.add(slot(JsonObject.of("slot " + slots.size(), each), slots.size(), tensors, parts));
        }
        return new OptimiserState(
                Rule.parse(json.text("rule"), parts), json.count("epochs"), json.count("steps"), slots);
    }

    private static OptimiserState.Slot slot(JsonObject json, int number, Map<String, Tensor> tensors, Parts parts)
            throws ModelFileException {
        json.requireOnly("path", "length", "rule", "frozen", "arrays");
        List<double[]> memory = new ArrayList<>();
        for (int k = 0; k < json.count("arrays"); k++) {
            String name = SECTION + "." + number + "." + k;
            if (tensors.get(name) == null) {
                throw ModelFileException.foreign("tensor " + name + " is missing");
            }
            memory.add(tensors.get(name).doubles());
        }
        return new OptimiserState.Slot(
                json.text("path"),
                json.count("length"),
                Rule.parse(json.text("rule"), parts),
                json.flag("frozen", false),
                memory);
    }

    /** Reads the schedules of a file. */
    static List<Optimiser.Followed> schedules(JsonObject json, Parts parts) throws ModelFileException {
        List<Optimiser.Followed> schedules = new ArrayList<>();
        for (Object each : json.list("schedules", MOST)) {
            JsonObject schedule = JsonObject.of("a schedule", each);
            schedule.requireOnly("name", "schedule", "per");
            schedules.add(new Optimiser.Followed(
                    schedule.text("name"), Schedule.parse(schedule.text("schedule"), parts), isPerBatch(schedule)));
        }
        return schedules;
    }

    private static boolean isPerBatch(JsonObject schedule) throws ModelFileException {
        String per = schedule.text("per");
        if (!per.equals("batch") && !per.equals("epoch")) {
            throw schedule.unknown("batch or epoch", "per");
        }
        return per.equals("batch");
    }
}
