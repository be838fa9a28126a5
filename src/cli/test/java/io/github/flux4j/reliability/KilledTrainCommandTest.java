package io.github.flux4j.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.learn.FittedRegressor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --out} over an older model, killed at random moments: the older one or the new one is there, whole, and the next try works. */
@Tag("process")
class KilledTrainCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aFewKillsLeaveAWholeModel() throws Exception {
        killAndRead(5, new SplittableRandom(1));
    }

    @Test
    @Tag("long")
    void aThousandKillsDo() throws Exception {
        killAndRead(Integer.getInteger("flux4j.tests.kills", 1000), new SplittableRandom(2));
    }

    private void killAndRead(int times, SplittableRandom random) throws Exception {
        Path model = folder.resolve("model.flux4j");
        long begun = System.nanoTime();
        assertThat(Killed.train(model).run(folder).code()).isZero();
        long whole = System.nanoTime() - begun;
        for (int i = 0; i < times; i++) {
            byte[] before = Files.readAllBytes(model);
            Process training = Killed.train(model).start(folder.resolve("out"), folder.resolve("err"));
            training.waitFor(random.nextLong(whole), TimeUnit.NANOSECONDS);
            training.destroyForcibly();
            assertThat(training.waitFor(1, TimeUnit.MINUTES)).isTrue();
            byte[] after = Files.readAllBytes(model);
            if (!Arrays.equals(after, before)) {
                assertThat(FittedRegressor.load(model).features()).isNotEmpty();
            }
            assertThat(Files.readString(folder.resolve("err"))).as("kill %s", i).doesNotContain("Exception");
        }
        assertThat(Killed.train(model).run(folder).code()).isZero();
        assertThat(FittedRegressor.load(model).features()).isNotEmpty();
    }
}
