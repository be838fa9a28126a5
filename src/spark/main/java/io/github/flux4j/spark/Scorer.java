package io.github.flux4j.spark;

import io.github.flux4j.predict.Predictor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Adds predictions to rows, a block of them at a time.
 *
 * @param model sent once a process; null where there are many
 * @param vector the place of a column with the features; −1 if they are taken by name
 * @param added what is written into each column that is added
 * @param invalid what becomes of a row that can't be predicted
 */
record Scorer(@Nullable Broadcast<ModelBytes> model, int vector, List<Added> added, Invalid invalid)
        implements MapPartitionsFunction<Row, Row> {

    private static final int BLOCK = 1024;

    /** What becomes of a row that can't be predicted: it ends the job, is dropped, or has nothing in the columns that are added. */
    enum Invalid {
        ERROR,
        SKIP,
        KEEP
    }

    /** What a column that is added says. */
    enum Added {
        NUMBER(DataTypes.DoubleType),
        NUMBERS(SQLDataTypes.VectorType()),
        CLASS(DataTypes.DoubleType),
        LABEL(DataTypes.StringType);

        private final DataType type;

        Added(DataType type) {
            this.type = type;
        }

        DataType type() {
            return type;
        }

        Object of(double[] prediction, Predictor predictor) {
            return switch (this) {
                case NUMBER -> prediction[0];
                case NUMBERS -> Vectors.dense(prediction);
                case CLASS -> (double) predictor.mostProbable(prediction);
                case LABEL -> predictor.classes().get(predictor.mostProbable(prediction));
            };
        }
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        return scored(rows, model.value().predictor());
    }

    /** By a predictor that need not be the broadcast one; without any, nothing stands in the columns that are added. */
    Iterator<Row> scored(Iterator<Row> rows, @Nullable Predictor predictor) {
        Queue<Row> ready = new ArrayDeque<>();
        return new PieceIterator<>(
                () -> {
                    while (ready.isEmpty() && rows.hasNext()) { // a block may have none that can be predicted
                        ready.addAll(scored(block(rows), predictor));
                    }
                    return !ready.isEmpty();
                },
                ready::remove);
    }

    private static List<Row> block(Iterator<Row> rows) {
        List<Row> block = new ArrayList<>();
        while (rows.hasNext() && block.size() < BLOCK) {
            block.add(rows.next());
        }
        return block;
    }

    private List<Row> scored(List<Row> block, @Nullable Predictor predictor) {
        double[][] predictions = predictor == null ? new double[block.size()][] : predictions(block, predictor);
        return IntStream.range(0, predictions.length)
                .filter(i -> predictor == null || predictions[i] != null || invalid == Invalid.KEEP)
                .mapToObj(i -> withPrediction(block.get(i), predictor, predictions[i]))
                .toList();
    }

    private Row withPrediction(Row row, @Nullable Predictor predictor, double @Nullable ... prediction) {
        Object[] cells = new Object[row.size() + added.size()];
        for (int i = 0; i < row.size(); i++) {
            cells[i] = row.get(i);
        }
        for (int i = 0; predictor != null && prediction != null && i < added.size(); i++) {
            cells[row.size() + i] = added.get(i).of(prediction, predictor);
        }
        return RowFactory.create(cells);
    }

    /** A block's row is of no use to whoever reads a message, so the first bad one is looked for. */
    private double[][] predictions(List<Row> block, Predictor predictor) {
        try {
            return ofBlock(block, predictor);
        } catch (IllegalArgumentException e) {
            if (invalid != Invalid.ERROR) {
                return block.stream().map(row -> orNull(row, predictor)).toArray(double[][]::new);
            }
            for (Row row : block) {
                requirePredictable(row, predictor);
            }
            throw e;
        }
    }

    private double @Nullable [] orNull(Row row, Predictor predictor) {
        try {
            return ofBlock(List.of(row), predictor)[0];
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private double[][] ofBlock(List<Row> block, Predictor predictor) {
        if (vector >= 0) {
            return predictor.predict(
                    block.stream().map(row -> Cells.numbers(row, vector)).toArray(double[][]::new));
        }
        String[] names = predictor.features().names().toArray(String[]::new);
        return predictor.predictAll(
                block.stream().map(row -> Cells.named(row, names)).toList());
    }

    private void requirePredictable(Row row, Predictor predictor) {
        try {
            ofBlock(List.of(row), predictor);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + ", in " + Cells.shown(row), e);
        }
    }
}
