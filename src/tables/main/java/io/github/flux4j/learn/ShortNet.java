package io.github.flux4j.learn;

import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Parts;
import java.util.List;

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
                    "shortNet expects hidden ≥ 0 and 0 ≤ dropout ≤ 1, but they are " + hidden + " and " + dropout);
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
        throw new IllegalArgumentException("shortNet expects two numbers, shortNet(hidden, dropout), but is " + call);
    }

    @Override
    public Layer build(int inputs, int outputs) {
        int units = hidden == 0 ? (int) Math.rint(Math.sqrt((double) inputs * outputs)) : hidden;
        return Chain.parse(
                "dense(" + units + ", sigmoid), dropout(" + dropout + "), dense(" + outputs + ")", inputs, Parts.NONE);
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
