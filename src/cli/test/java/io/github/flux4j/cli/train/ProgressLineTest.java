package io.github.flux4j.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.cli.train.ProgressLine.Place;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private static final String TERMINAL = "flux4j.terminal";
    private static final long TENTH_OF_A_SECOND = 100_000_000;

    private final StringWriter err = new StringWriter();
    private long now;

    @BeforeEach
    void tellOfATerminal() {
        System.setProperty(TERMINAL, "yes");
    }

    @AfterEach
    void forget() {
        System.clearProperty(TERMINAL);
    }

    private ProgressLine line(Place place) {
        return new ProgressLine(new PrintWriter(err), place, () -> now);
    }

    @Test
    void aTerminalsLineIsDrawnTenTimesASecondAndClearedAtTheEnd() {
        try (ProgressLine line = line(Place.TERMINAL)) {
            line.show(0.1, "first and long");
            line.show(0.2, "too early");
            now += TENTH_OF_A_SECOND;
            line.show(0.3, "short");
        }
        assertThat(err.toString()).isEqualTo("\rfirst and long\rshort         \r     \r");
    }

    @Test
    void aTerminalsLineIsNeverLongerThanTheTerminal() {
        line(Place.TERMINAL).show(0.1, "x".repeat(200));
        assertThat(err.toString()).hasSize(80);
        System.setProperty(TERMINAL, "120");
        line(Place.TERMINAL).show(0.1, "x".repeat(200));
        assertThat(err.toString()).hasSize(80 + 120);
    }

    @Test
    void aFileGetsALineAtEachTenthOfEachWork() {
        try (ProgressLine line = line(Place.FILE)) {
            for (int epoch = 1; epoch <= 40; epoch++) {
                line.show(epoch / 40.0, "epoch " + epoch);
            }
            line.show(0.5, "other work");
        }
        assertThat(err.toString().lines())
                .containsExactly(
                        "epoch 4",
                        "epoch 8",
                        "epoch 12",
                        "epoch 16",
                        "epoch 20",
                        "epoch 24",
                        "epoch 28",
                        "epoch 32",
                        "epoch 36",
                        "epoch 40",
                        "other work");
    }

    /** An hour's work with a line at its tenths alone would say nothing for six minutes. */
    @Test
    void aFileIsToldSoonerWhereATenthTakesLong() {
        try (ProgressLine line = line(Place.FILE)) {
            for (int second = 1; second <= 40; second++) {
                now += 10 * TENTH_OF_A_SECOND;
                line.show(second / 1000.0, "second " + second);
            }
        }
        assertThat(err.toString().lines()).containsExactly("second 5", "second 15", "second 35");
    }

    @Test
    void aShareThatFallsALittleIsNoOtherWork() {
        try (ProgressLine line = line(Place.FILE)) {
            for (double share : new double[] {0.1, 0.21, 0.18, 0.22, 0.3}) {
                line.show(share, share);
            }
        }
        assertThat(err.toString().lines()).containsExactly("0.1", "0.21", "0.3");
    }

    @Test
    void nobodyIsToldWhoWantsToKnowNothing() {
        try (ProgressLine line = line(Place.NOWHERE)) {
            line.show(1, "all");
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void isDrawnOnTerminalsThatCanDraw() {
        assertThat(Place.of(false, false, Map.of("TERM", "xterm"))).isEqualTo(Place.TERMINAL);
        assertThat(Place.of(false, true, Map.of())).isEqualTo(Place.TERMINAL);
        assertThat(Place.of(false, false, Map.of("TERM", "dumb"))).isEqualTo(Place.FILE);
        assertThat(Place.of(false, false, Map.of("CI", "true"))).isEqualTo(Place.FILE);
        assertThat(Place.of(false, true, Map.of("CI", "true"))).isEqualTo(Place.NOWHERE);
        assertThat(Place.of(false, false, Map.of("NO_PROGRESS", "1"))).isEqualTo(Place.NOWHERE);
        assertThat(Place.of(true, false, Map.of())).isEqualTo(Place.NOWHERE);
        System.setProperty(TERMINAL, "");
        assertThat(Place.of(false, false, Map.of())).isEqualTo(Place.FILE);
        assertThat(Place.of(false, true, Map.of())).isEqualTo(Place.NOWHERE);
    }
}
