package io.github.flux4j.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.layers.Activation;
import io.github.flux4j.layers.Layer;
import io.github.flux4j.layers.Layers;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.losses.LossSamples;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Rules;
import io.github.flux4j.optimise.Schedule;
import io.github.flux4j.predict.ByteEdits;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Texts of models, rules, losses and schedules changed at random: refused in a sentence, or read as what their own text says. */
class HostileTextTest {

    /** A text is the reader's own, so one that asks for a large model gets it; here none does. */
    private static final Pattern LARGE = Pattern.compile("\\d{4}|[2-9eE]\\d\\d");

    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
    private static final List<String> VALUES =
            List.of("0", "-1", "0.5", "3", "1", "NaN", "-0.0", "1e308", "1e-320", "true", "[1, 2]", "relu", "", "x=1");

    /** A text and how what was made of it writes itself. */
    private record Kind(List<String> texts, Function<String, String> again) {}

    private static final List<Kind> KINDS = List.of(
            new Kind(
                    Rules.all().stream().map(known -> known.rule().text()).toList(),
                    text -> Rule.parse(text).text()),
            new Kind(
                    Layers.all().stream().map(known -> known.inChain().text()).toList(),
                    text -> Layer.parse(text, Layers.PARTS).text()),
            new Kind(
                    LossSamples.all().stream()
                            .map(sample -> sample.loss().text())
                            .toList(),
                    text -> LossFunction.parse(text).text()),
            new Kind(
                    List.of("leakyrelu(0.01)", "relu", "gelu_tanh", "elu(1.5)"),
                    text -> Activation.parse(text).toString()),
            new Kind(
                    List.of(
                            "exp(0.1, 0.95)",
                            "sequence(during(triangle(0, 0.1, 20), 10), during(exp(0.1, 0.95), 90))",
                            "step(0.1, 0.5, [2, 3])",
                            "cosAnneal(0.1, 0.001, 9)"),
                    text -> Schedule.parse(text).text()));

    @Test
    void thousandsAreRefusedOrMeanWhatTheySay() {
        assertThat(read(4000, 1)).isBetween(200, 3000);
    }

    @Test
    @Tag("long")
    void fiveHundredThousandAreRefusedOrMeanWhatTheySay() {
        assertThat(read(500_000, 2)).isBetween(25_000, 400_000);
    }

    /** The formula of {@code straight} takes three columns, which ND4J finds out while it computes. */
    @Test
    void aFormulaThatCantTakeItsColumnsIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.parse("chain(dense(2, 93), straight, dense(3, 2))", Layers.PARTS))
                .withMessageContaining("the formula of straight can't take rows of 93 columns");
    }

    /** How many of so many were read. */
    private static int read(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteEdits edits = new ByteEdits(random);
        int read = 0;
        for (int i = 0; i < count; i++) {
            Kind kind = KINDS.get(i % KINDS.size());
            String text = pick(kind.texts, random);
            String changed = switch (random.nextInt(3)) {
                case 0 -> edits.of(text);
                case 1 -> nested(kind, random);
                default -> withValue(text, random);
            };
            read += !LARGE.matcher(changed).find() && isRead(changed, kind.again) ? 1 : 0;
        }
        return read;
    }

    private static boolean isRead(String text, Function<String, String> again) {
        String own;
        try {
            own = again.apply(text);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage())
                    .isNotBlank()
                    .doesNotContainPattern("\\p{Cc}")
                    .hasSizeLessThan(1500);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("only an IllegalArgumentException was expected of " + text, e);
        }
        assertThat(again.apply(own)).as(text).isEqualTo(own);
        return true;
    }

    /** Another value in the place of a number. */
    private static String withValue(String text, SplittableRandom random) {
        List<MatchResult> numbers = NUMBER.matcher(text).results().toList();
        if (numbers.isEmpty()) {
            return text + pick(VALUES, random);
        }
        MatchResult number = numbers.get(random.nextInt(numbers.size()));
        return text.substring(0, number.start()) + pick(VALUES, random) + text.substring(number.end());
    }

    /** One text in the place of a part of another. */
    private static String nested(Kind kind, SplittableRandom random) {
        List<String> parts = new ArrayList<>(List.of(pick(kind.texts, random).split("(?<=[(,])")));
        parts.set(random.nextInt(parts.size()), pick(kind.texts, random) + (random.nextBoolean() ? ", " : ")"));
        return String.join("", parts);
    }

    private static String pick(List<String> texts, SplittableRandom random) {
        return texts.get(random.nextInt(texts.size()));
    }
}
