package io.github.flux4j.learn;

import static io.github.flux4j.learn.Learn.regressor;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.fit.Ending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptTest {

    @TempDir
    private Path folder;

    @Test
    void aFitThatIsInterruptedIsAModelThatSaysSoAndCanBeSaved() throws IOException {
        Thread owner = Thread.currentThread();
        FittedRegressor model = regressor()
                .networks(2)
                .progress(epoch -> {
                    if (epoch.number() == 7) {
                        owner.interrupt();
                    }
                })
                .fit(RealData.CARS, RealData.MPG);
        Path file = folder.resolve("mpg.flux4j");
        model.save(file); // though the thread is interrupted still
        assertThat(Thread.interrupted()).isTrue();
        assertThat(model.report().training().ending()).isEqualTo(Ending.INTERRUPTED);
        assertThat(model.report().notes())
                .containsExactly(
                        "training was interrupted after 7 epochs",
                        "there is no linear model to compare with: training was interrupted");
        assertThat(FittedRegressor.load(file).predict(RealData.CARS)).isEqualTo(model.predict(RealData.CARS));
    }
}
