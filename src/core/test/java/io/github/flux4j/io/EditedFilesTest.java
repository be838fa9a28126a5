package io.github.flux4j.io;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.ChildJvm;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.internal.model.ModelFile;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.State;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.predict.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models and checkpoints that were edited or damaged, with a checksum that fits: a model, or one sentence of an {@code IOException}. */
@Tag("process")
class EditedFilesTest {

    @TempDir
    private Path folder;

    /** Tries as many as it is told, in a small heap of its own. */
    static final class Trier {

        private Trier() {}

        public static void main(String... arguments) throws IOException {
            int[] read = tryAll(Path.of(arguments[0]), Integer.parseInt(arguments[1]), 5);
            System.out.println(read[0] + " models, " + read[1] + " checkpoints");
        }
    }

    @Test
    void thousandsAreReadOrRefusedWithASentence() throws IOException {
        int[] read = tryAll(folder, 3000, 4);
        assertThat(read[0]).as("models").isBetween(50, 1400);
        assertThat(read[1]).as("checkpoints").isBetween(50, 1400);
    }

    @Test
    @Tag("long")
    void tensOfThousandsInASmallHeap() throws Exception {
        ChildJvm run = ChildJvm.run(Trier.class, List.of("-Xmx64m"), folder.toString(), "40000");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains(" models, ");
    }

    /** How many models and how many checkpoints could be read. */
    private static int[] tryAll(Path folder, int count, long seed) throws IOException {
        Path file = folder.resolve("file.flux4j");
        ModelFile model = model(file);
        ModelFile checkpoint = checkpoint(file);
        return new int[] {
            tried(file, model, count / 2, seed, () -> load(file)),
            tried(file, checkpoint, count / 2, seed, () -> goOn(Checkpoint.read(file)))
        };
    }

    private static ModelFile model(Path file) throws IOException {
        save(network(), file);
        return ModelFile.read(file);
    }

    private static Chain network() {
        Chain model = chain(dense(2, 3, leakyrelu(0.1)), chain(batchNorm(3), dropout(0.2)), layerNorm(3), dense(3, 1));
        testmode(model);
        return model;
    }

    private static ModelFile checkpoint(Path file) throws IOException {
        Chain model = chain(dense(2, 3, TANH), batchNorm(3), dropout(0.2), dense(3, 1));
        Optimiser optimiser = setup(optimiserChain(clipNorm(1), adamW(0.01, 0.1)), model)
                .perEpoch("lambda", Schedule.cosAnneal(0.1, 0.001, 9))
                .perBatch(
                        "eta",
                        Schedule.sequence(
                                Schedule.exp(0.1, 0.9).during(5),
                                Schedule.exp(0.1, 0.9).during(9)));
        DataLoader data = dataLoader(rows(new double[][] {{0, 1}, {2, 3}, {1, 1}, {0, 0}}), column(1, 2, 3, 4))
                .batchSize(2)
                .shuffle(1);
        trainer(MSE, model, optimiser)
                .validate(rows(new double[][] {{0, 1}, {2, 3}}), column(1, 2))
                .restoreBest()
                .checkpoint(Checkpoint.at(file), 1)
                .train(data, 2);
        return ModelFile.read(file);
    }

    private static void goOn(Checkpoint checkpoint) throws IOException {
        Optimiser optimiser = checkpoint.optimiser();
        State best = checkpoint.training().best();
        if (best != null) {
            best.loadInto(optimiser.model());
        }
    }

    /** Reads a file. */
    private interface Reading {
        void read() throws IOException;
    }

    private static int tried(Path file, ModelFile original, int count, long seed, Reading reading) throws IOException {
        Edits edits = new Edits(original, seed);
        Mutations mutations = new Mutations(original, seed);
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            Files.write(file, i % 3 == 0 ? mutations.withChecksum() : edits.next());
            accepted += isRead(file, reading, i) ? 1 : 0;
        }
        return accepted;
    }

    private static boolean isRead(Path file, Reading reading, int number) {
        try {
            reading.read();
            return true;
        } catch (IOException e) {
            assertThat(e.getMessage())
                    .startsWith(file + ": ")
                    .doesNotContainPattern("\\p{Cc}")
                    .hasSizeLessThan(1500);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("file " + number + ": only a model or an IOException was expected", e);
        }
    }
}
