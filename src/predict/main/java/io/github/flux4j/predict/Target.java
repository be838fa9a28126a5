package io.github.flux4j.predict;

import java.util.ArrayList;
import java.util.List;

/** What a network's outputs mean. Immutable; for any thread. */
public sealed interface Target permits Target.Numbers, Target.Classes {

    /** What stands for a model without a target: outputs are what they are. */
    Target NONE = new Numbers(List.of());

    /** What is predicted; empty where the file doesn't say. */
    List<String> names();

    /** Whether so many outputs can be this target's. */
    boolean fits(int outputs);

    /** How many numbers are predicted from so many outputs. */
    int size(int outputs);

    /** What one network says, in its place; what several say is averaged then. */
    default double[] vote(double... outputs) {
        return outputs;
    }

    /** What all say, in the target's units. */
    default double[] result(double... mean) {
        return mean;
    }

    /**
     * Of a model file: its {@code target}, an object or, of several, a list.
     *
     * @throws ModelFileException if it is of an unknown type, has an unknown key, or makes no sense
     */
    static Target of(Settings model) throws ModelFileException {
        Object json = model.values().get("target");
        if (json instanceof List<?> several && !several.isEmpty()) {
            return numbers(several);
        }
        Settings target = Settings.of("the target", json);
        return target.text("type", "number").equals("classes")
                ? Classes.of(target)
                : new Numbers(List.of(Scaled.of(target)));
    }

    private static Numbers numbers(List<?> several) throws ModelFileException {
        List<Scaled> targets = new ArrayList<>();
        for (Object target : several) {
            targets.add(Scaled.of(Settings.of("target " + targets.size(), target)));
        }
        return new Numbers(List.copyOf(targets));
    }

    /** A number that the network was taught as (y − mean)/std; no less than low and no more than high. */
    record Scaled(String name, double mean, double std, double low, double high) {

        static Scaled of(Settings target) throws ModelFileException {
            if (!target.text("type", "number").equals("number")) {
                throw target.unknown("number or classes", "type");
            }
            target.requireOnly("name", "mean", "std", "low", "high");
            return new Scaled(
                    target.text("name", "prediction"),
                    target.number("mean", 0),
                    target.number("std", 1),
                    target.number("low", Double.NEGATIVE_INFINITY),
                    target.number("high", Double.POSITIVE_INFINITY));
        }

        /** The number that an output means. */
        public double of(double output) {
            return Math.min(high, Math.max(low, output * std + mean));
        }
    }

    /** Numbers, one for each output. */
    record Numbers(List<Scaled> targets) implements Target {

        @Override
        public List<String> names() {
            return targets.stream().map(Scaled::name).toList();
        }

        @Override
        public boolean fits(int outputs) {
            return targets.isEmpty() || targets.size() == outputs;
        }

        @Override
        public int size(int outputs) {
            return outputs;
        }

        @Override
        public double[] result(double... mean) {
            for (int i = 0; i < targets.size(); i++) {
                mean[i] = targets.get(i).of(mean[i]);
            }
            return mean;
        }
    }

    /** Probabilities of classes; of two, one output may give that of the second. */
    record Classes(String name, List<String> classes, boolean areLogits) implements Target {

        static Classes of(Settings target) throws ModelFileException {
            target.requireOnly("name", "classes", "outputs");
            List<String> classes = target.list("classes", Limits.LEVELS, String.class);
            String outputs = target.text("outputs", "logits");
            if (classes.size() < 2) {
                throw ModelFileException.foreign("at least two classes were expected of " + target.where()
                        + ", but there are " + classes.size());
            }
            if (!List.of("logits", "probabilities").contains(outputs)) {
                throw target.unknown("logits or probabilities", "outputs");
            }
            return new Classes(target.text("name", "class"), classes, outputs.equals("logits"));
        }

        @Override
        public List<String> names() {
            return List.of(name);
        }

        @Override
        public boolean fits(int outputs) {
            return outputs == classes.size() || outputs == 1 && classes.size() == 2;
        }

        @Override
        public int size(int outputs) {
            return classes.size();
        }

        @Override
        public double[] vote(double... outputs) {
            if (outputs.length == 1) {
                double second = areLogits ? Formulas.sigmoid(outputs[0]) : outputs[0];
                return new double[] {1 - second, second};
            }
            if (areLogits) {
                Pointwise.softmax(outputs);
            }
            return outputs;
        }

        /** The number of the class whose probability is greatest, the first of several. */
        int most(double... probabilities) {
            int most = 0;
            for (int i = 1; i < probabilities.length; i++) {
                most = probabilities[i] > probabilities[most] ? i : most;
            }
            return most;
        }
    }
}
