package io.github.flux4j.fit;

import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.values.Arguments;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Networks that can be written as text. */
final class Networks {

    private Networks() {}

    /** What {@link Network#of} reads. */
    static Network read(String text) {
        List<Call.Argument> layers = Call.parse("chain(" + text + ")").arguments();
        if (layers.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a network such as dense(64, relu), dense, but the text is empty");
        }
        if (layers.size() == 1
                && layers.get(0).value() instanceof Call call
                && call.name().equals(ShortNet.NAME)) {
            return ShortNet.of(call);
        }
        if (layers.size() == 1
                && layers.get(0).value() instanceof Call call
                && call.name().equals("resMlp")) {
            return read(residual(call));
        }
        return new Layers(withOutput(layers));
    }

    /** The layers that {@code resMlp(width, blocks)} stands for. */
    private static String residual(Call call) {
        Arguments given = new Arguments(call, Parts.NONE);
        int width = given.whole("width");
        int blocks = given.whole("blocks");
        given.requireNoMore();
        if (width < 1 || blocks < 1) {
            throw new IllegalArgumentException(
                    "resMlp expects a width and a number of blocks, both at least 1, but got " + call);
        }
        String dense = "dense(" + width + ")";
        String block = "skipConnection(chain(dense(" + width + ", relu), dropout(0.1), " + dense + "), sum), ";
        return "dense(" + width + ", relu), " + block.repeat(blocks) + "relu, dense";
    }

    /** With a {@code dense} at the end that doesn't say its size. */
    private static List<Call.Argument> withOutput(List<Call.Argument> layers) {
        List<Call.Argument> all = new ArrayList<>(layers);
        if (!(all.get(all.size() - 1).value() instanceof Call last)
                || !last.name().equals("dense")
                || hasSize(last)) {
            all.add(new Call.Argument(null, Call.of("dense")));
        }
        return all;
    }

    private static boolean hasSize(Call dense) {
        return dense.arguments().stream().anyMatch(argument -> argument.value() instanceof Double);
    }

    /** Layers one after another; the last, a {@code dense}, gets its size when the network is built. */
    private record Layers(List<Call.Argument> layers) implements Network {

        @Override
        public Layer build(int inputs, int outputs) {
            Call last = (Call) layers.get(layers.size() - 1).value();
            List<Call.Argument> sized = new ArrayList<>();
            sized.add(new Call.Argument(null, (double) outputs));
            sized.addAll(last.arguments());
            List<Call.Argument> all = new ArrayList<>(layers.subList(0, layers.size() - 1));
            all.add(new Call.Argument(null, new Call("dense", sized)));
            return Chain.parse(text(all), inputs, Parts.NONE);
        }

        private static String text(List<Call.Argument> layers) {
            return layers.stream().map(Call.Argument::toString).collect(Collectors.joining(", "));
        }

        @Override
        public String text() {
            return text(layers);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * MLJFlux's {@code Short}: {@code dense(hidden, sigmoid), dropout(p), dense}.
     *
     * @param hidden units; 0 for √(inputs·outputs), rounded
     * @param dropout p
     */
    record ShortNet(int hidden, double dropout) implements Network {

        static final String NAME = "shortNet";

        ShortNet {
            if (hidden < 0 || !(dropout >= 0 && dropout <= 1)) {
                throw new IllegalArgumentException(
                        "shortNet expects hidden ≥ 0 and 0 ≤ dropout ≤ 1, but got " + hidden + " and " + dropout);
            }
        }

        static ShortNet of(Call call) {
            List<Call.Argument> given = call.arguments();
            if (given.size() == 2
                    && given.get(0).value() instanceof Double hidden
                    && given.get(1).value() instanceof Double dropout
                    && hidden == Math.rint(hidden)) {
                return new ShortNet(hidden.intValue(), dropout);
            }
            throw new IllegalArgumentException(
                    "shortNet expects two numbers, shortNet(hidden, dropout), but got " + call);
        }

        @Override
        public Layer build(int inputs, int outputs) {
            int units = hidden == 0 ? (int) Math.rint(Math.sqrt((double) inputs * outputs)) : hidden;
            return Chain.parse(
                    "dense(" + units + ", sigmoid), dropout(" + dropout + "), dense(" + outputs + ")",
                    inputs,
                    Parts.NONE);
        }

        @Override
        public String text() {
            return new Call(NAME, List.of(new Call.Argument(null, (double) hidden), new Call.Argument(null, dropout)))
                    .toString();
        }

        @Override
        public String toString() {
            return text();
        }
    }
}
