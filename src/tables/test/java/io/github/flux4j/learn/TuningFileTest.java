package io.github.flux4j.learn;

import static io.github.flux4j.Flux4j.descent;
import static io.github.flux4j.evaluate.Metrics.MAE;
import static io.github.flux4j.evaluate.Metrics.R2;
import static io.github.flux4j.evaluate.Metrics.RMS;
import static io.github.flux4j.learn.Learn.kfold;
import static io.github.flux4j.learn.Learn.logUniform;
import static io.github.flux4j.learn.Learn.mlp;
import static io.github.flux4j.learn.Learn.regressor;
import static io.github.flux4j.learn.Learn.tune;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.flux4j.internal.tune.TuningJournal;
import io.github.flux4j.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupted tuning goes on where it stopped. */
class TuningFileTest {

    private static final Table CARS = RealData.CARS;

    private static final Tuning<Regressor, FittedRegressor> SIX = tune(regressor()
                    .network("dense")
                    .networks(2)
                    .epochs(9)
                    .yardstick(false))
            .over("eta", (r, eta) -> r.rule(r.rule().with("eta", eta)), logUniform(1e-4, 1e-1))
            .folds(kfold(3))
            .threads(2)
            .random(6);

    @TempDir
    private Path folder;

    private Path file;
    private final List<FoldTask> done = new ArrayList<>();

    @BeforeEach
    void nameFile() {
        file = folder.resolve("tuning.json");
    }

    private static List<?> summary(Tuned<?, ?> tuned) {
        return tuned.trials().stream()
                .map(trial -> List.of(trial.number(), trial.values(), trial.epochs(), trial.scores(), trial.failure()))
                .toList();
    }

    private static Tuned<Regressor, FittedRegressor> fit(Tuning<Regressor, FittedRegressor> tuning) {
        return tuning.fit(CARS, RealData.MPG);
    }

    /** Ends after so many fits, as if it were killed then. */
    private void begin(Tuning<Regressor, FittedRegressor> tuning, int fits) {
        assertThatThrownBy(() -> fit(tuning.saveTo(file).threads(1).progress(told -> {
                    if (told.fits() == fits) {
                        throw new IllegalStateException("killed");
                    }
                })))
                .hasMessage("killed");
    }

    private FoldExecutor counting() {
        return (table, tasks, told) -> tasks.forEach(task -> {
            done.add(task);
            told.accept(task.on(table));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 17})
    void oneThatWasInterruptedEndsAsOneThatWasLeftAlone(int fits) {
        begin(SIX, fits);
        Tuned<Regressor, FittedRegressor> resumed = fit(SIX.saveTo(file).executor(counting()));
        assertThat(done).hasSize(18 - fits);
        assertThat(summary(resumed)).isEqualTo(summary(fit(SIX)));
        assertThat(resumed.fitted().report().training().losses())
                .isEqualTo(fit(SIX).fitted().report().training().losses());
    }

    /** Nine trials with 1 epoch, three with 3, one with 9: 39 fits; the 30th is in the second round. */
    @Test
    void halvingGoesOnInItsRound() {
        begin(SIX.halving(9), 30);
        Tuned<Regressor, FittedRegressor> resumed =
                fit(SIX.halving(9).saveTo(file).executor(counting()));
        assertThat(done).hasSize(9);
        assertThat(summary(resumed)).isEqualTo(summary(fit(SIX.halving(9))));
    }

    @Test
    void oneThatIsDoneIsReadAlone() throws IOException {
        List<?> first = summary(fit(SIX.by(RMS, R2).saveTo(file)));
        byte[] written = Files.readAllBytes(file);
        assertThat(summary(fit(SIX.by(RMS, R2).saveTo(file).executor(counting()))))
                .isEqualTo(first);
        assertThat(done).isEmpty();
        assertThat(Files.readAllBytes(file)).isEqualTo(written);
    }

    @Test
    void anInterruptSavesWhatWasTried() {
        Thread owner = Thread.currentThread();
        Tuned<Regressor, FittedRegressor> interrupted =
                fit(SIX.saveTo(file).threads(1).progress(told -> {
                    if (told.trials() == 2) {
                        owner.interrupt();
                    }
                }));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.interrupted()).isTrue();
        assertThat(summary(fit(SIX.saveTo(file).executor(counting())))).isEqualTo(summary(fit(SIX)));
        assertThat(done).hasSizeBetween(9, 12);
    }

    @Test
    void failuresAreKept() {
        Tuning<Regressor, FittedRegressor> failing = tune(regressor()
                        .network("dense")
                        .networks(2)
                        .patience(0)
                        .epochs(2))
                .over("eta", (r, eta) -> r.rule(descent(eta)), 1e30, 0.01)
                .folds(kfold(2));
        List<?> first = summary(fit(failing.saveTo(file)));
        assertThat(summary(fit(failing.saveTo(file).executor(counting())))).isEqualTo(first);
        assertThat(done).isEmpty();
    }

    @Test
    void theFileOfAnotherTuningIsRefusedAndStays() throws IOException {
        begin(SIX, 1);
        String written = Files.readString(file);
        refuses(SIX.saveTo(file).folds(kfold(4)), "folds differs");
        refuses(SIX.saveTo(file).seed(1), "estimators differs");
        refuses(SIX.saveTo(file).by(MAE), "metrics differs");
        refuses(SIX.saveTo(file).grid(6), "search and estimators differ");
        assertThatThrownBy(() ->
                        SIX.saveTo(file).fit(CARS.rows(IntStream.range(0, 200).toArray()), RealData.MPG))
                .hasMessageContaining(
                        "tuning.json exists and is of another tuning, so it was not replaced: rows differs; name another");
        assertThatThrownBy(() -> SIX.saveTo(file).fit(CARS, "Weight_in_lbs")).hasMessageContaining("target");
        assertThat(Files.readString(file)).isEqualTo(written);
    }

    private void refuses(Tuning<Regressor, FittedRegressor> other, String why) {
        assertThatThrownBy(() -> fit(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exists and is of another tuning, so it was not replaced: " + why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "{}", "[]", "{\"format\":\"flux4j tuning\"}", "{\"format\":\"flux4j tuning\",\"schema\":2}"
            })
    void whatIsNoTuningIsRefusedAndStays(String text) throws IOException {
        Files.writeString(file, text);
        assertThatThrownBy(() -> fit(SIX.saveTo(file)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("exists and isn't a tuning that can continue, so it was not replaced");
        assertThat(Files.readString(file)).isEqualTo(text);
    }

    @Test
    void fitsThatCannotBeAreRefused() throws IOException {
        begin(SIX, 2);
        String good = Files.readString(file);
        for (String bad : List.of(
                good.replace("\"trial\":0,\"fold\":1", "\"trial\":0,\"fold\":0"),
                good.replace("\"trial\":0,\"fold\":1", "\"trial\":6,\"fold\":1"),
                good.replace("\"trial\":0,\"fold\":1", "\"trial\":0,\"fold\":-1"),
                good.replace("\"scores\":[", "\"scores\":[1,"),
                good.replace("\"scores\":[", "\"scores\":[\"x\"],\"other\":["))) {
            assertThat(bad).isNotEqualTo(good);
            Files.writeString(file, bad);
            assertThatThrownBy(() -> fit(SIX.saveTo(file))).isInstanceOf(UncheckedIOException.class);
        }
    }

    /** Cut anywhere, or with any byte changed, it is refused by a sentence, or is the same tuning with another score. */
    @Test
    void aDamagedFileIsRefusedByASentence() throws IOException {
        begin(SIX, 3);
        byte[] good = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 300; i++) {
            byte[] bad = i % 2 == 0 ? Arrays.copyOf(good, random.nextInt(1, good.length)) : good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) random.nextInt(1, 256);
            Files.write(file, bad);
            try {
                TuningJournal.in(file, identity(), new TuningJournal.Size(1, 6, 3, 1));
            } catch (IllegalArgumentException | UncheckedIOException refused) {
                assertThat(refused.getMessage()).contains("so it was not replaced");
            }
        }
    }

    private static Map<String, String> identity() {
        return Map.of("target", RealData.MPG);
    }

    @Test
    void aPlaceThatCannotBeWrittenToIsRefusedBeforeAnythingIsTried() {
        assertThatThrownBy(
                        () -> fit(SIX.saveTo(folder.resolve("no/tuning.json")).executor(counting())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("there is no folder");
        assertThat(done).isEmpty();
        assertThatThrownBy(() -> fit(SIX.saveTo(file)
                        .over("x", (r, x) -> r, logUniform(1, 2))
                        .random(20_000)))
                .hasMessageContaining("saveTo keeps 50000 scores at most");
    }

    @Test
    void networksGivenAsLambdasCannotBeToldApart() {
        assertThatThrownBy(() -> tune(regressor())
                        .over("units", (r, n) -> r.network((in, out) -> mlp(n).build(in, out)), 2, 3)
                        .saveTo(file)
                        .fit(CARS, RealData.MPG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("saveTo needs estimators that can be told apart by their text, but a network");
    }
}
