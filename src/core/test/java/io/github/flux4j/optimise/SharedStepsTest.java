package io.github.flux4j.optimise;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule on arrays so long that threads share them, against its formula. */
class SharedStepsTest {

    static List<Rules.Known> rules() {
        return Rules.all();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void areTheFormula(Rules.Known known) {
        RuleFormulasTest.assertSharedSteps(known.rule(), 3);
    }
}
