package io.github.flux4j.spark;

import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Penalty;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The same rows in partitions of given sizes, and all of them in one block. */
record Partitions(Block.Shape shape, Block whole, List<List<Block>> parts) {

    private static final int FIRST_BLOCK = 4;

    /** Features from −2 to 2, targets that are probabilities, counts and logits to every loss, weights from 0.5 to 1.5. */
    static Partitions random(Block.Shape shape, int... sizes) {
        Random random = new Random(7);
        Block whole = new Block(shape, Arrays.stream(sizes).sum());
        while (whole.rows() < Arrays.stream(sizes).sum()) {
            whole.add(
                    random.doubles(shape.inputs(), -2, 2).toArray(),
                    random.doubles(shape.outputs(), 0.05, 0.95).toArray(),
                    random.nextDouble(0.5, 1.5));
        }
        List<List<Block>> parts = new ArrayList<>();
        int from = 0;
        for (int size : sizes) {
            parts.add(blocks(whole, from, from + size));
            from += size;
        }
        return new Partitions(shape, whole, parts);
    }

    /** Of several blocks where there is more than a few rows. */
    private static List<Block> blocks(Block whole, int from, int to) {
        int middle = Math.min(to, from + FIRST_BLOCK);
        List<Block> blocks = new ArrayList<>();
        if (from < middle) {
            blocks.add(whole.part(from, middle));
        }
        if (middle < to) {
            blocks.add(whole.part(middle, to));
        }
        return blocks;
    }

    int[] rows() {
        return parts.stream()
                .mapToInt(blocks -> blocks.stream().mapToInt(Block::rows).sum())
                .toArray();
    }

    Cluster cluster(Layer model, LossFunction loss, Penalty penalty) {
        JavaSparkContext context = new JavaSparkContext(LocalSpark.session().sparkContext());
        Broadcast<List<List<Block>>> sent = context.broadcast(parts);
        List<Integer> numbers = IntStream.range(0, parts.size()).boxed().toList();
        JavaRDD<Block> blocks = context.parallelize(numbers, parts.size())
                .flatMap(part -> sent.value().get(part).iterator());
        Job job = new Job(ModelBytes.of(model), loss.text(), penalty.l1(), penalty.l2(), "descent", shape, rows());
        return new Cluster(context, blocks, job);
    }

    /** Rows of partitions as places in the whole. */
    int[] places(int partition, int... rows) {
        int begin = IntStream.range(0, partition).map(i -> rows()[i]).sum();
        return Arrays.stream(rows).map(row -> begin + row).toArray();
    }
}
