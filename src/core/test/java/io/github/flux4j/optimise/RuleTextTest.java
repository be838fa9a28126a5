package io.github.flux4j.optimise;

import static io.github.flux4j.Flux4j.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.Flux4j;
import io.github.flux4j.values.Call;
import io.github.flux4j.values.Described;
import io.github.flux4j.values.Parts;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules as text. */
class RuleTextTest {

    @ParameterizedTest
    @MethodSource("io.github.flux4j.optimise.Rules#all")
    void everyRuleGoesToTextAndBackEqual(Rules.Known known) {
        assertThat(Rule.parse(known.rule().text())).isEqualTo(known.rule());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    descent                                             | Descent(0.1)
                    descent()                                           | Descent(0.1)
                    adam(0.01)                                          | Adam(0.01, (0.9, 0.999), 1.0E-8)
                    adam(eta=0.01, beta2=0.99)                          | Adam(0.01, (0.9, 0.99), 1.0E-8)
                    rmsProp(centred=true)                               | RMSProp(0.001, 0.9, 1.0E-8; centred = true)
                    adamW(lambda=0.1, couple=false)                     | AdamW(0.001, (0.9, 0.999), 0.1, 1.0E-8; couple = false)
                    clipNorm(1, Infinity)                               | ClipNorm(1.0, Infinity)
                    optimiserChain                                      | OptimiserChain()
                    optimiserChain(accumGrad(2), clipGrad , lion(1e-4)) | OptimiserChain(AccumGrad(2), ClipGrad(10.0), Lion(1.0E-4, (0.9, 0.999)))
                    """)
    void whatIsLeftOutIsFluxsDefault(String text, String printed) {
        assertThat(Rule.parse(text)).hasToString(printed);
    }

    static Stream<Method> words() {
        return Stream.of(Flux4j.class.getMethods())
                .filter(word -> Rule.class.isAssignableFrom(word.getReturnType()) && word.getParameterCount() == 0);
    }

    @ParameterizedTest
    @MethodSource("words")
    void aWordAloneIsWhatItIsInJava(Method word) throws ReflectiveOperationException {
        assertThat(Rule.parse(word.getName())).isEqualTo(word.invoke(null));
    }

    @Test
    void textIsShortAndAsInJava() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY); // whose decimal point is a comma
        try {
            assertThat(adam().text()).isEqualTo("adam(0.001, 0.9, 0.999, 1e-8)");
            assertThat(optimiserChain(clipNorm(1), accumGrad(4), descent(0.5)).text())
                    .isEqualTo("optimiserChain(clipNorm(1, 2), accumGrad(4), descent(0.5))");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    adm(0.1)                     | a rule named adm is unknown; the nearest are adam, rAdam, oAdam. Pass one of your own as a part
                    adam(-1)                     | learningRate must be finite and > 0, but was -1.0
                    adam(rate=1)                 | adam doesn't know what to do with rate=1: adam(rate=1)
                    descent(0.1, 2)              | descent doesn't know what to do with 2: descent(0.1, 2)
                    accumGrad                    | accumGrad expects a number as n: accumGrad
                    accumGrad(1.5)               | accumGrad expects a whole number as n, but has 1.5: accumGrad(1.5)
                    optimiserChain(descent, 0.1) | optimiserChain expects a rule, but has 0.1: optimiserChain(descent, 0.1)
                    """)
    void whatIsNoRuleIsRefused(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Rule.parse(text)).withMessage(message);
    }

    /** Moves by a constant, whatever the gradient. */
    record Drift(double speed) implements Rule, Described {

        @Override
        public void apply(Strip d, Strip p, Strip[] m, long t) {
            d.times(0).add(speed);
        }

        @Override
        public Call call() {
            return Call.of("drift", speed);
        }
    }

    @Test
    void aRuleOfOnesOwnIsReadFromParts() {
        Parts parts = Parts.of().word(Rule.class, "drift", given -> new Drift(given.number("speed")));
        Rule rule = optimiserChain(descent(1), new Drift(0.5));

        assertThat(rule.text()).isEqualTo("optimiserChain(descent(1), drift(0.5))");
        assertThat(Rule.parse(rule.text(), parts)).isEqualTo(rule);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rule.parse(rule.text()))
                .withMessageStartingWith("a rule named drift is unknown");
        Rule nameless = (d, p, m, t) -> d.times(0);
        assertThatIllegalArgumentException()
                .isThrownBy(nameless::text)
                .withMessageContaining("can't be written as text, since it has no name");
    }
}
