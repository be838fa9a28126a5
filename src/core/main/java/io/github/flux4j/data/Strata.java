package io.github.flux4j.data;

import io.github.flux4j.internal.arrays.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Examples grouped by label. */
final class Strata {

    private Strata() {}

    /** Returns the positions of each label in a list, by first appearance. */
    static Map<Object, List<Integer>> of(List<?> labels) {
        return IntStream.range(0, labels.size())
                .boxed()
                .collect(Collectors.groupingBy(labels::get, LinkedHashMap::new, Collectors.toList()));
    }

    /** Returns each example's row of targets as a label: a class number or a one-hot row. */
    static List<?> targets(Batch data) {
        INDArray targets = Objects.requireNonNull(data, "data is null").targets();
        double[] values = Tensors.toDoubles(targets);
        int columns = targets.columns();
        return IntStream.range(0, data.size())
                .mapToObj(row -> Arrays.stream(values, row * columns, (row + 1) * columns)
                        .boxed()
                        .toList())
                .toList();
    }

    static void requireOneLabelEach(List<?> labels, Batch data) {
        Objects.requireNonNull(data, "data is null");
        if (Objects.requireNonNull(labels, "labels is null").size() != data.size()) {
            throw new IllegalArgumentException("each of the " + data.size()
                    + " examples needs a label, in the order of the rows, but there are " + labels.size() + " labels");
        }
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i) == null) {
                throw new IllegalArgumentException("each example needs a label, but that of example " + i + " is null");
            }
        }
    }
}
