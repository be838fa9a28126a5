package io.github.flux4j.backend;

import static io.github.flux4j.Flux4j.dense;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.flux4j.engine.Engines;
import io.github.flux4j.engine.Natives;
import io.github.flux4j.engine.Threads;
import io.github.flux4j.layers.Dense;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // scopes are entered, not used
class ScopesTest {

    private final Natives natives = Natives.load();
    private List<Integer> before;

    @BeforeEach
    void remember() {
        before = threads();
    }

    @AfterEach
    void everythingIsAsItWas() {
        assertThat(threads()).isEqualTo(before);
        assertThat(engine()).isEqualTo("lean");
    }

    private List<Integer> threads() {
        return List.of(natives.blasThreads(), natives.nd4jThreads(), Threads.limit());
    }

    private static String engine() {
        return dense(1, 1).program().engine();
    }

    @Test
    void oneThreadIsOneEverywhere() {
        try (Backend.Scope scope = Backend.threads(1)) {
            assertThat(threads()).containsExactly(1, 1, 1);
        }
    }

    @Test
    void nestedScopesRestoreInOrder() {
        try (Backend.Scope outer = Backend.threads(1)) {
            try (Backend.Scope inner = Backend.threads(2)) {
                assertThat(natives.blasThreads()).isEqualTo(2);
            }
            assertThat(threads()).containsExactly(1, 1, 1);
        }
    }

    @Test
    void theYoungestOpenScopeHoldsWhateverTheOrderOfClosing() {
        Backend.Scope outer = Backend.threads(2);
        Backend.Scope inner = Backend.threads(1);
        outer.close();
        assertThat(threads()).containsExactly(1, 1, 1);
        inner.close();
    }

    @Test
    void closingTwiceDoesNothingMore() {
        Backend.Scope first = Backend.threads(2);
        first.close();
        try (Backend.Scope second = Backend.threads(1)) {
            first.close();
            assertThat(threads()).containsExactly(1, 1, 1);
        }
    }

    @Test
    void anExceptionRestoresToo() {
        assertThatIllegalArgumentException().isThrownBy(() -> {
            try (Backend.Scope scope = Backend.threads(1);
                    Backend.Scope engine = Backend.engine("dl4j")) {
                throw new IllegalArgumentException("thrown within the scope");
            }
        });
    }

    @Test
    void fewerThanOneThreadIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backend.threads(0))
                .withMessage("threads must be 1 or more, but was 0");
    }

    @Test
    void theNamedEngineRunsTheModelsCompiledInTheScope() {
        try (Backend.Scope outer = Backend.engine("dl4j")) {
            assertThat(engine()).isEqualTo("dl4j");
            try (Backend.Scope inner = Backend.engine("lean")) {
                assertThat(engine()).isEqualTo("lean");
            }
            assertThat(engine()).isEqualTo("dl4j");
        }
    }

    @Test
    void aVerboseModelNamesItsEngineAndWhoChoseIt() {
        Dense model = dense(1, 1);
        assertThat(model.toString(true)).isEqualTo(model + "\n# engine: lean, the first that can run the model");
        assertThat(model.toString(false)).isEqualTo(model.toString());
        Dense forced = dense(1, 1);
        try (Backend.Scope scope = Backend.engine("dl4j")) {
            forced.predict(1);
        }
        assertThat(forced.toString(true)).endsWith("# engine: dl4j, Backend.engine(\"dl4j\")");
    }

    @Test
    void aScopeStandsAboveTheProperty() {
        System.setProperty(Engines.PROPERTY, "lean");
        try (Backend.Scope scope = Backend.engine("dl4j")) {
            assertThat(engine()).isEqualTo("dl4j");
            assertThat(Backend.environment().engines().reason()).isEqualTo("Backend.engine(\"dl4j\")");
        } finally {
            System.clearProperty(Engines.PROPERTY);
        }
    }

    @Test
    void anUnknownEngineIsRefusedAtTheCall() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Backend.engine("fast"))
                .withMessage("Backend.engine(\"fast\") names no engine; there are lean, dl4j");
    }
}
