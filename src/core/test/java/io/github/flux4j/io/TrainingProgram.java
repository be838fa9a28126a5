package io.github.flux4j.io;

import static io.github.flux4j.Flux4j.*;

import io.github.flux4j.data.DataLoader;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Schedule;
import java.nio.file.Path;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A program as a user writes it: trains with a checkpoint after each epoch, goes on from it if there is one, and saves the model. */
final class TrainingProgram {

    static final int EPOCHS = 400;

    private TrainingProgram() {}

    /** Says each epoch that it has been through. */
    public static void main(String... arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        seed(11);
        Chain model = chain(dense(2, 8, TANH), batchNorm(8), dropout(0.2), dense(8, 1));
        Optimiser optimiser = setup(adam(), model).perEpoch("eta", Schedule.cosAnneal(0.02, 0.0001, EPOCHS));
        trainer(MSE, model, optimiser)
                .checkpoint(Checkpoint.at(folder.resolve("run.flux4j")), 1)
                .resume(Checkpoint.at(folder.resolve("run.flux4j")))
                .afterEpoch(progress -> System.out.println(progress.epoch()))
                .train(data(), EPOCHS);
        save(model, folder.resolve("model.flux4j"));
    }

    private static DataLoader data() {
        Random random = new Random(5);
        INDArray x = rows(random.doubles(96, -1, 1)
                .mapToObj(a -> new double[] {a, random.nextGaussian()})
                .toArray(double[][]::new));
        INDArray y = x.getColumn(0, true).mul(x.getColumn(1, true));
        return dataLoader(x, y).batchSize(16).shuffle(4);
    }
}
