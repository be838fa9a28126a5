package io.github.flux4j.io;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.data.Batch;
import io.github.flux4j.data.DataLoader;
import io.github.flux4j.layers.Chain;
import io.github.flux4j.layers.State;
import io.github.flux4j.optimise.Optimiser;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Rules;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.train.Checkpoints.TrainingState;
import io.github.flux4j.train.DivergedException;
import io.github.flux4j.train.History;
import io.github.flux4j.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A run of 6 epochs, against one that ends after 3 and goes on in another model; the oracle is the run that never stopped. */
class CheckpointTest {

    private static final int ALL = 6;
    private static final int HALF = 3;

    @TempDir
    Path folder;

    private Path file;
    private INDArray x;
    private INDArray y;

    @BeforeEach
    void data() {
        file = folder.resolve("run.flux4j");
        Random random = new Random(5);
        double[][] rows = new double[24][3];
        double[] targets = new double[24];
        for (int i = 0; i < 24; i++) {
            for (int j = 0; j < 3; j++) {
                rows[i][j] = random.nextGaussian();
            }
            targets[i] = rows[i][0] - rows[i][1] * rows[i][2];
        }
        x = rows(rows);
        y = column(targets);
    }

    /** A run that draws for its weights, its dropout and its order. */
    private record Program(Optimiser optimiser, DataLoader data) {

        static Program of(Rule rule, CheckpointTest test, DataType type) {
            seed(11);
            Chain model = chain(dense(3, 6, TANH), batchNorm(6), dropout(0.2), dense(6, 1));
            Chain typed = type == DataType.DOUBLE ? f64(model) : model;
            DataLoader loader = dataLoader(test.x.castTo(type), test.y.castTo(type))
                    .batchSize(8)
                    .shuffle(4);
            return new Program(setup(rule, typed), loader);
        }

        State state() {
            return State.of(optimiser.model());
        }

        Trainer trainer() {
            return io.github.flux4j.Flux4j.trainer(MSE, optimiser.model(), optimiser);
        }
    }

    static List<Rule> rules() {
        return Rules.all().stream().map(Rules.Known::rule).toList();
    }

    private void resumesBitEqual(Rule rule, DataType type, java.util.function.Consumer<Optimiser> settings)
            throws IOException {
        Program whole = Program.of(rule, this, type);
        settings.accept(whole.optimiser());
        whole.trainer().train(whole.data(), ALL);
        Program first = Program.of(rule, this, type);
        settings.accept(first.optimiser());
        first.trainer().checkpoint(Checkpoint.at(file), 1).train(first.data(), HALF);
        Program second = Program.of(rule, this, type);
        seed(99);
        History history = second.trainer().resume(Checkpoint.at(file)).train(second.data(), ALL);
        assertThat(second.state()).isEqualTo(whole.state());
        assertThat(history.losses()).hasSize(ALL);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleResumesBitEqual(Rule rule) throws IOException {
        resumesBitEqual(rule, DataType.FLOAT, optimiser -> {});
    }

    @Test
    void schedulesFrozenLayersAndFloat64ResumeBitEqual() throws IOException {
        resumesBitEqual(
                optimiserChain(clipNorm(1), adamW(0.01, 0.1)),
                DataType.DOUBLE,
                optimiser -> optimiser
                        .withoutDecayOfBiases()
                        .freeze(((Chain) optimiser.model()).get(0))
                        .perBatch(
                                "eta",
                                Schedule.sequence(
                                        Schedule.triangle(0.001, 0.1, 5).during(7),
                                        Schedule.exp(0.1, 0.9).during(90)))
                        .perEpoch("lambda", Schedule.cosAnneal(0.1, 0.001, ALL)));
    }

    @Test
    void schedulesKeepTheirOriginalLength() throws IOException {
        Program first = Program.of(descent(0.1), this, DataType.FLOAT);
        first.optimiser().perEpoch("eta", Schedule.oneCycle(ALL, 0.1));
        first.trainer().checkpoint(Checkpoint.at(file), 1).train(first.data(), HALF);
        Program second = Program.of(descent(0.1), this, DataType.FLOAT);
        second.optimiser().perEpoch("eta", Schedule.oneCycle(HALF, 0.1));
        second.trainer().resume(Checkpoint.at(file)).train(second.data(), ALL);
        assertThat(second.optimiser().followed().get(0).schedule()).isEqualTo(Schedule.oneCycle(ALL, 0.1));
    }

    @Test
    void theBestStateIsKeptBesideTheLast() throws IOException {
        INDArray other = y.mul(-1); // whose loss grows while that of the data falls
        Program whole = Program.of(adam(0.05), this, DataType.FLOAT);
        History expected = whole.trainer().validate(x, other).restoreBest().train(whole.data(), ALL);
        Program first = Program.of(adam(0.05), this, DataType.FLOAT);
        first.trainer()
                .validate(x, other)
                .restoreBest()
                .checkpoint(Checkpoint.at(file), HALF)
                .train(first.data(), HALF);
        Program second = Program.of(adam(0.05), this, DataType.FLOAT);
        History history = second.trainer()
                .validate(x, other)
                .restoreBest()
                .resume(Checkpoint.at(file))
                .train(second.data(), ALL);
        assertThat(history.validationLosses()).isEqualTo(expected.validationLosses());
        assertThat(history.bestEpoch()).isEqualTo(expected.bestEpoch());
        assertThat(second.state()).isEqualTo(whole.state());
    }

    @Test
    void aRunThatHadEndedStaysEnded() throws IOException {
        Program first = Program.of(adam(0.05), this, DataType.FLOAT);
        History ended = first.trainer()
                .validate(x, y.mul(-1))
                .earlyStopping(1)
                .checkpoint(Checkpoint.at(file), 1)
                .train(first.data(), 50);
        Program second = Program.of(adam(0.05), this, DataType.FLOAT);
        History again = second.trainer()
                .validate(x, y.mul(-1))
                .earlyStopping(1)
                .resume(Checkpoint.at(file))
                .train(second.data(), 50);
        assertThat(again).isEqualTo(ended);
        assertThat(second.state()).isEqualTo(first.state());
    }

    /** A run that diverges leaves the parameters of the batch before, in the midst of an epoch; the file has those of the epoch before. */
    @Test
    void afterADivergedRunTheSameTrainerGoesOnFromTheFile() throws IOException {
        Program whole = Program.of(adam(), this, DataType.FLOAT);
        whole.trainer().train(whole.data(), ALL);
        Program first = Program.of(adam(), this, DataType.FLOAT);
        AtomicBoolean spoilt = new AtomicBoolean();
        Trainer trainer = first.trainer().checkpoint(Checkpoint.at(file), 1).afterBatch(progress -> {
            if (progress.epoch() > HALF && progress.batch() == 2 && spoilt.compareAndSet(false, true)) {
                first.optimiser().model().flatParameters().assign(Double.NaN);
            }
        });
        assertThatThrownBy(() -> trainer.train(first.data(), ALL)).isInstanceOf(DivergedException.class);
        History history = trainer.resume(Checkpoint.at(file)).train(first.data(), ALL);
        assertThat(first.state()).isEqualTo(whole.state());
        assertThat(history.losses()).hasSize(ALL);
    }

    @Test
    void withoutAFileTrainingBeginsAtTheBeginning() throws IOException {
        Program whole = Program.of(adam(), this, DataType.FLOAT);
        whole.trainer().train(whole.data(), HALF);
        Program first = Program.of(adam(), this, DataType.FLOAT);
        first.trainer()
                .checkpoint(Checkpoint.at(file), 2)
                .resume(Checkpoint.at(file))
                .train(first.data(), HALF);
        assertThat(first.state()).isEqualTo(whole.state());
        assertThat(Checkpoint.read(file).training().epoch()).isEqualTo(HALF);
    }

    @Test
    void anotherProgramGoesOnFromTheFileAlone() throws IOException {
        Program first = Program.of(rAdam(0.01), this, DataType.FLOAT);
        first.trainer().checkpoint(Checkpoint.at(file), 1).train(first.data(), HALF);
        Optimiser optimiser = Checkpoint.read(file).optimiser();
        Batch batch = batch(x, y);
        assertThat(optimiser.rule()).isEqualTo(rAdam(0.01));
        assertThat(State.of(optimiser.model())).isEqualTo(first.state());
        assertThat(trainstep(MSE, optimiser.model(), batch, optimiser))
                .isEqualTo(trainstep(MSE, first.optimiser().model(), batch, first.optimiser()));
        assertThat(State.of(optimiser.model())).isEqualTo(first.state());
    }

    @Test
    void anotherModelOrRuleIsRefusedAndStaysAsItIs() throws IOException {
        Program first = Program.of(adam(), this, DataType.FLOAT);
        first.trainer().checkpoint(Checkpoint.at(file), 1).train(first.data(), 1);
        Program other = Program.of(momentum(), this, DataType.FLOAT);
        State before = other.state();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> other.trainer().resume(Checkpoint.at(file)))
                .withMessageContaining(file.toString())
                .withMessageContaining("rule and structure must be the same");
        assertThat(other.state()).isEqualTo(before);
        Chain model = chain(dense(3, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer(MSE, model, setup(adam(), model)).resume(Checkpoint.at(file)))
                .withMessageContaining("build the same model");
        assertThatThrownBy(() -> load(file)).hasMessageContaining("read it with Checkpoint.read(path)");
    }

    @Test
    void whatHasNoNameIsRefusedBeforeTraining() {
        Rule mine = (d, p, m, t) -> d.times(0.1);
        Program program = Program.of(mine, this, DataType.FLOAT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> program.trainer().checkpoint(Checkpoint.at(file), 1))
                .withMessageContaining("can't be written as text");
        Program scheduled = Program.of(descent(), this, DataType.FLOAT);
        scheduled.optimiser().perBatch("eta", t -> 0.1 / t);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> scheduled.trainer().checkpoint(Checkpoint.at(file), 1));
        Program nowhere = Program.of(descent(), this, DataType.FLOAT);
        assertThatThrownBy(() -> nowhere.trainer().checkpoint(Checkpoint.at(folder.resolve("none/run.flux4j")), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no folder");
        assertThat(file).doesNotExist();
    }

    @Test
    void aCheckpointOfADamagedStateIsRefused() throws IOException {
        Program first = Program.of(adam(), this, DataType.FLOAT);
        Checkpoint.write(first.optimiser(), file);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> Checkpoint.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void whereARunStandsIsReadAsItWasWritten() throws IOException {
        Optimiser optimiser = Program.of(adam(), this, DataType.FLOAT).optimiser();
        TrainingState state = new TrainingState(
                2,
                true,
                Map.of("loss", List.of(1.5, Double.NaN)),
                null,
                1,
                Double.POSITIVE_INFINITY,
                "4:7",
                Map.of("partitions", "3"));
        Checkpoint.write(optimiser, state, file);

        assertThat(Checkpoint.read(file).training()).isEqualTo(state);
    }
}
