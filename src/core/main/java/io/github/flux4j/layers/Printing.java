package io.github.flux4j.layers;

import io.github.flux4j.internal.arrays.Lifetime;
import io.github.flux4j.internal.arrays.Tensors;
import java.util.Locale;
import java.util.StringJoiner;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Prints models as Flux does ({@code _big_show}, {@code _layer_show} and {@code _big_finale} of its {@code src/layers/show.jl}): a leaf on a line, a chain with
 * a line per layer, parameter counts in a column.
 */
final class Printing {

    private static final int LEAF_COLUMN = 20;
    private static final int CHAIN_COLUMN = 39;
    private static final int TOTAL_COLUMN = 20;
    private static final int BUFFER_COLUMN = 10;

    private Printing() {}

    static String print(Layer model) {
        if (!isSpread(model)) {
            String text = model.inOneLine();
            return model.parameterCount() == 0
                    ? text
                    : text + pad(LEAF_COLUMN - text.length()) + count(model, " non-trainable");
        }
        StringBuilder text = new StringBuilder();
        append(text, model, "", "", "");
        return text.append(total(model)).toString();
    }

    /** The beginning of a layer's line, up to its first setting by name: {@code Dense(2 => 4, tanh}. */
    static String begin(String layer, String size, Activation activation) {
        return layer + "(" + size + (activation.isIdentity() ? "" : ", " + activation.inOneLine());
    }

    static String inOneLine(Composite model) {
        StringJoiner parts = new StringJoiner(", ", model.word() + "(", ")");
        int i = 0;
        for (Object part : model.shown()) {
            parts.add(part instanceof Layer layer ? label(model, i++) + layer.inOneLine() : part.toString());
        }
        return parts.toString();
    }

    private static String label(Composite model, int i) {
        return model instanceof Chain chain && chain.isNamed() ? chain.name(i) + " = " : "";
    }

    /** Whether its layers have lines of their own: always for a chain, for others unless all of them are functions. */
    private static boolean isSpread(Layer model) {
        return model instanceof Chain || model.layers().stream().anyMatch(layer -> !(layer instanceof FunctionLayer));
    }

    private static String total(Layer model) {
        int arrays = model.trainables().size();
        int buffers = model.buffers().size();
        int others = model.buffers().stream().mapToInt(Parameter::length).sum();
        if (arrays <= 2) {
            return "";
        }
        String numbers = underscored(model.parameterCount()) + " parameters,";
        String size = bytes(
                (long) (model.parameterCount() + others) * model.dataType().width());
        if (buffers == 0) {
            return pad(TOTAL_COLUMN - 1) + "# Total: " + arrays + " arrays, " + numbers + " " + size + ".";
        }
        return pad(BUFFER_COLUMN - 1) + "# Total: " + arrays + " trainable arrays, " + numbers + "\n"
                + pad(BUFFER_COLUMN) + "# plus " + buffers + " non-trainable, " + underscored(others)
                + " parameters, summarysize " + size + ".";
    }

    private static void append(StringBuilder text, Layer layer, String indent, String name, String end) {
        if (isSpread(layer)) {
            appendParts(text, (Composite) layer, indent, name);
            text.append(end);
            return;
        }
        String line = name + layer.inOneLine();
        text.append(indent).append(line);
        if (layer.parameterCount() > 0) {
            text.append(',')
                    .append(pad(CHAIN_COLUMN - indent.length() - line.length()))
                    .append(count(layer, ""))
                    .append('\n');
        } else {
            text.append(end);
        }
    }

    private static void appendParts(StringBuilder text, Composite model, String indent, String name) {
        text.append(indent).append(name).append(model.word()).append("(\n");
        int i = 0;
        for (Object part : model.shown()) {
            if (part instanceof Layer layer) {
                append(text, layer, indent + "  ", label(model, i++), ",\n");
            } else {
                text.append(indent).append("  ").append(part).append(",\n");
            }
        }
        text.append(indent).append(')');
    }

    private static String pad(int width) {
        return " ".repeat(Math.max(2, width));
    }

    /**
     * The numbers of a layer, and what is wrong with them.
     *
     * @param words for those that aren't trained; Flux has some only for a layer alone
     */
    private static String count(Layer layer, String words) {
        int others = layer.buffers().stream().mapToInt(Parameter::length).sum();
        return "# " + underscored(layer.parameterCount()) + " parameters"
                + (others == 0 ? "" : ", plus " + underscored(others) + words)
                + health(layer.flatParameters());
    }

    private static String health(INDArray parameters) {
        return Lifetime.isOver(parameters) ? "  (closed)" : health(Tensors.toDoubles(parameters));
    }

    private static String health(double[] values) {
        boolean zero = true;
        boolean infinite = false;
        for (double value : values) {
            if (Double.isNaN(value)) {
                return "  (some NaN)";
            }
            zero &= value == 0;
            infinite |= Double.isInfinite(value);
        }
        if (infinite) {
            return "  (some Inf)";
        }
        return zero ? "  (all zero)" : "";
    }

    private static String underscored(int number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '_');
    }

    /** Like Julia's {@code format_bytes}, for the parameters alone. */
    private static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " bytes";
        }
        double size = bytes / 1024.0;
        return size < 1024
                ? String.format(Locale.ROOT, "%.3f KiB", size)
                : String.format(Locale.ROOT, "%.3f MiB", size / 1024);
    }
}
