package io.github.flux4j.io.onnx;

import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.Layer;
import java.io.IOException;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;

/** Something of a file's network that was recognised, while it isn't known yet how many columns come in. */
@FunctionalInterface
interface NetworkPart {

    /**
     * What it is for so many columns.
     *
     * @param width 0 if nothing says
     * @throws IOException if its numbers don't fit that
     */
    Draft draft(int width) throws IOException;

    /**
     * Throws unless it is as many as expected, or nothing says.
     *
     * @param width 0 if nothing says
     */
    static void requireWidth(int expected, int width) throws IOException {
        if (width != 0 && width != expected) {
            throw new IOException("its numbers are for " + expected + " columns, but " + width + " come in");
        }
    }

    /** Makes a layer. */
    @FunctionalInterface
    interface Maker {
        /** One of this type that applies the activation. */
        Layer make(DataType type, Activation activation);
    }

    /**
     * What is to be made.
     *
     * @param width columns that come out; 0 if nothing says
     * @param isDouble whether its numbers are Float64
     * @param maker null for an activation, and for what computes nothing
     * @param activation null for what computes nothing
     */
    record Draft(int width, boolean isDouble, Maker maker, Activation activation) {

        static Draft layer(int width, Constant numbers, Maker maker) {
            return new Draft(width, numbers.isDouble(), maker, Activation.IDENTITY);
        }

        /** Layers that have no activation of their own. */
        static Draft layers(int width, boolean isDouble, Function<DataType, Layer> make) {
            return new Draft(
                    width,
                    isDouble,
                    (type, activation) -> {
                        Layer layer = make.apply(type);
                        return activation.equals(Activation.IDENTITY) ? layer : Chain.of(layer, activation);
                    },
                    Activation.IDENTITY);
        }

        static Draft activation(int width, Activation activation) {
            return new Draft(width, false, null, activation);
        }

        static Draft nothing(int width) {
            return new Draft(width, false, null, null);
        }

        Draft with(Activation next) {
            return new Draft(width, isDouble, maker, next);
        }

        boolean takesActivation() {
            return maker != null && activation.equals(Activation.IDENTITY);
        }

        Layer make(DataType type) {
            return maker == null ? activation : maker.make(type, activation);
        }
    }
}
