package io.github.flux4j.spark;

import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Rows of features, label and perhaps a weight as blocks of numbers.
 *
 * @param areClasses whether labels are 0, 1, … for as many outputs, or for two classes one
 */
record RowReader(Block.Shape shape, boolean areClasses) implements FlatMapFunction<Iterator<Row>, Block> {

    @Override
    public Iterator<Block> call(Iterator<Row> rows) {
        return new PieceIterator<>(rows::hasNext, () -> block(rows));
    }

    private Block block(Iterator<Row> rows) {
        Block block = new Block(shape, shape.rowsOfABlock());
        while (rows.hasNext() && block.rows() < shape.rowsOfABlock()) {
            add(rows.next(), block);
        }
        return block.trimmed();
    }

    private void add(Row row, Block block) {
        double[] x = finite(row, "features", Cells.numbers(row, 0));
        if (x.length != shape.inputs()) {
            throw refusal(row, "the network takes " + shape.inputs() + " features, but there are " + x.length);
        }
        double weight = row.size() < 3 ? 1 : finite(row, "weight", Cells.numbers(row, 2))[0];
        block.add(x, targets(row, finite(row, "label", Cells.numbers(row, 1))), weight);
    }

    private double[] targets(Row row, double... given) {
        if (areClasses) {
            return oneHot(row, given[0]);
        }
        if (given.length != shape.outputs()) {
            throw refusal(row, "the network has " + shape.outputs() + " outputs, but the labels are " + given.length);
        }
        return given;
    }

    private double[] oneHot(Row row, double label) {
        int classes = Math.max(2, shape.outputs());
        int place = (int) label;
        if (place != label || place < 0 || place >= classes) {
            throw refusal(
                    row,
                    "a label from 0 to " + (classes - 1) + " was expected, but there is " + label
                            + "; StringIndexer makes such labels of texts");
        }
        double[] targets = new double[shape.outputs()];
        targets[targets.length == 1 ? 0 : place] = targets.length == 1 ? place : 1;
        return targets;
    }

    private double[] finite(Row row, String what, double... numbers) {
        for (double number : numbers) {
            boolean fits = shape.type() == org.nd4j.linalg.api.buffer.DataType.DOUBLE
                    ? Double.isFinite(number)
                    : Float.isFinite((float) number);
            if (!fits) {
                throw refusal(row, what + " must be finite, but there is " + number);
            }
        }
        return numbers;
    }

    private static IllegalArgumentException refusal(Row row, String what) {
        return new IllegalArgumentException(what + ", in " + Cells.shown(row) + ". Change or drop such rows before");
    }
}
