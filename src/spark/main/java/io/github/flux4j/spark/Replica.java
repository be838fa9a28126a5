package io.github.flux4j.spark;

import io.github.flux4j.data.Batch;
import io.github.flux4j.internal.arrays.Randomness;
import io.github.flux4j.internal.arrays.Tensors;
import io.github.flux4j.layers.Chance;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.losses.Loss;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.Penalty;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Rule;
import java.util.Iterator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A model in a worker, whose numbers are overwritten at each use. For one thread at a time. */
final class Replica {

    private final Layer model;
    private final Loss loss;
    private final Optimiser optimiser;
    private final INDArray gradient;

    Replica(Layer model, String loss, double l1, double l2, String rule) {
        this.model = model;
        this.loss = new Loss(LossFunction.parse(loss), model, new Penalty(l1, l2));
        this.optimiser = new Optimiser(Rule.parse(rule), model);
        this.gradient = Tensors.zeros(model.dataType(), model.parameterCount());
    }

    /** The mean gradient of these rows. */
    Share gradient(NumberArray parameters, int partition, long chance, Iterator<Block> rows) {
        long begin = System.nanoTime();
        parameters.into(model.flatParameters());
        Share.Total total = gradients(chance, rows);
        long nanos = System.nanoTime() - begin;
        return total.share(partition, model.dataType(), nanos, nanos);
    }

    private Share.Total gradients(long chance, Iterator<Block> rows) {
        return Randomness.within(chance, () -> {
            Chance.renew(model);
            Share.Total total = new Share.Total();
            rows.forEachRemaining(block -> total.add(block.rows(), gradient(block), NumberArray.of(gradient)));
            return total;
        });
    }

    /** Writes the gradient of a block. */
    private double gradient(Block block) {
        Batch batch = block.batch();
        try {
            return loss.gradient(batch, gradient);
        } finally {
            batch.arrays().forEach(INDArray::close);
        }
    }

    /** The parameters after some steps of the rule on these rows alone, and the mean of the losses before each. */
    Share steps(NumberArray parameters, int partition, Round round, Job job, List<Block> all) {
        long begin = System.nanoTime();
        parameters.into(model.flatParameters());
        double losses = 0;
        long count = 0;
        for (int step = round.first(); step < round.first() + round.steps(); step++) {
            Share mean = gradients(round.chance(step, partition), round.blocks(step, partition, job, all.iterator()))
                    .share(partition, model.dataType(), 0, 0);
            losses += mean.rows() * mean.loss();
            count += mean.rows();
            step(mean);
        }
        NumberArray moved = count == 0 ? null : NumberArray.of(model.flatParameters());
        long nanos = System.nanoTime() - begin;
        return new Share(partition, count, losses / count, moved, nanos, nanos);
    }

    /** Of what is not finite the driver is told; no step is made with it. */
    private void step(Share mean) {
        if (mean.rows() > 0 && Double.isFinite(mean.loss())) {
            mean.mean().into(gradient);
            optimiser.step(gradient);
        }
    }
}
