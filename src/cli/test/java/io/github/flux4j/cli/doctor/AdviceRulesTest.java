package io.github.flux4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.flux4j.backend.Environment.CacheFolder;
import io.github.flux4j.backend.Environment.ClassPath.NativeBuild;
import io.github.flux4j.backend.Environment.Memory;
import io.github.flux4j.cli.PairedRatio;
import io.github.flux4j.cli.doctor.Speed.Alternative;
import io.github.flux4j.internal.threads.Load;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdviceRulesTest {

    private static final NativeBuild PLAIN = new NativeBuild("linux-x86_64", List.of());
    private static final NativeBuild AVX512 = new NativeBuild("linux-x86_64-avx512", List.of("avx2", "avx512f"));

    private static final long GIGABYTE = 1L << 30;

    @Test
    void aHealthyMachineNeedsNone() {
        assertThat(AdviceRules.all(new SampleFacts().facts())).isEmpty();
    }

    static Stream<Arguments> facts() {
        return Stream.of(
                advice(
                        "add the dependencies org.nd4j:nd4j-native:1.0.0-M2.1, org.nd4j:nd4j-native:1.0.0-M2.1:linux-x86_64",
                        facts -> {
                            facts.loaded = false;
                            facts.jars = List.of("openblas", "javacpp");
                            facts.builds = List.of();
                        }),
                advice(
                        "take nd4j-native with the classifier linux-x86_64 in place of linux-x86_64-avx512",
                        facts -> facts.builds = List.of(AVX512)),
                advice(
                        "-Dorg.bytedeco.javacpp.cachedir=FOLDER, a writable one with 480 MiB of room",
                        facts -> facts.cache = new CacheFolder(null, 0, 0, null, List.of("/a", "/b"))),
                advice(
                        "delete the incomplete files there and make room, or -Dorg.bytedeco.javacpp.cachedir=FOLDER with 480 MiB of room",
                        facts -> {
                            facts.loaded = false;
                            facts.cache = new CacheFolder("/small", 122_000_000, 60_000_000, false, List.of());
                        }),
                advice(
                        "-Dorg.bytedeco.javacpp.cachedir=FOLDER on another file system, or mount this one with exec",
                        facts -> facts.cache = new CacheFolder("/mnt", 0, GIGABYTE, true, List.of())),
                advice(
                        "-Dorg.bytedeco.javacpp.cachedir=FOLDER, a writable one",
                        facts -> facts.cache =
                                new CacheFolder("/tmp/cache", 0, GIGABYTE, false, List.of("/home/cache"))),
                advice(
                        "keep one of them on the class path",
                        facts -> facts.builds = List.of(PLAIN, new NativeBuild("linux-x86_64-onednn", List.of()))),
                advice(
                        "one version of each, as flux4j's pom has them (mvn dependency:tree shows who brings which)",
                        facts -> facts.mixed = List.of("javacpp 1, javacpp 2")),
                advice(
                        "delete the incomplete files there and make room, or -Dorg.bytedeco.javacpp.cachedir=FOLDER with 480 MiB of room",
                        facts -> {
                            facts.loaded = false; // the disk is full, though of other libraries' files
                            facts.cache = new CacheFolder("/full", 900_000_000, 4096, false, List.of());
                        }),
                advice(
                        "OMP_NUM_THREADS=1 for programs on plain ND4J or DL4J",
                        facts -> facts.speed = SampleFacts.speed(
                                56,
                                new Alternative("OMP_NUM_THREADS=1", 8, SampleFacts.ratio(0.14)),
                                new Alternative("OMP_NUM_THREADS=8 …", 16, SampleFacts.ratio(0.28)))),
                advice("nothing yet; stop other programs or wait, then run this again", facts -> {
                    facts.load = new Load(9.2, 1.0, 0.0); // then threads are not blamed for it
                    facts.speed =
                            SampleFacts.speed(56, new Alternative("OMP_NUM_THREADS=1", 8, SampleFacts.ratio(0.14)));
                }),
                advice("OMP_NUM_THREADS=1 for programs on plain ND4J or DL4J", facts -> {
                    facts.blasThreads = 64; // one recommendation, the one that was measured
                    facts.speed =
                            SampleFacts.speed(56, new Alternative("OMP_NUM_THREADS=1", 8, SampleFacts.ratio(0.14)));
                }),
                advice("OMP_NUM_THREADS=8, or remove it", facts -> facts.set("OMP_NUM_THREADS", "0")),
                advice("remove it, or correct the name", facts -> facts.set("OPENBLAS_CORETYPE", "Pentium9")),
                advice("OMP_NUM_THREADS=2", facts -> facts.quota = 1.5),
                advice("OMP_NUM_THREADS=8", facts -> facts.blasThreads = 64),
                advice(
                        "OMP_NUM_THREADS=1, or ND4J_SKIP_BLAS_THREADS=1 to keep ND4J from setting it",
                        facts -> facts.set("OPENBLAS_NUM_THREADS", "1")),
                advice("remove it, unless it works around a fault", facts -> facts.set("OPENBLAS_CORETYPE", "Haswell")),
                advice("remove it", facts -> facts.set("org.bytedeco.javacpp.nopointergc", "true")),
                advice("remove it", facts -> facts.set("org.nd4j.noarraygc", "true")),
                advice("-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", facts -> facts.maxPhysicalBytes = 1 << 20),
                advice("-Xmx1024m", facts -> facts.memory = new Memory(2L << 30, 2L << 30, 16L << 30)),
                advice("OMP_NUM_THREADS=8, or remove it", facts -> facts.set("OMP_NUM_THREADS", "4,2")),
                advice("remove it", facts -> facts.set("flux4j.engine", "dl4j")),
                advice("remove it, or name one of lean, dl4j", facts -> facts.set("flux4j.engine", "fast")));
    }

    private static Arguments advice(String set, Consumer<SampleFacts> change) {
        return Arguments.of(set, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("facts")
    void aFactThatCallsForAdviceGetsIt(String set, Consumer<SampleFacts> change) {
        SampleFacts facts = new SampleFacts();
        change.accept(facts);
        assertThat(AdviceRules.all(facts.facts())).extracting(Advice::set).containsExactly(set);
    }

    @Test
    void settingsThatAgreeWithTheFactsNeedNone() {
        SampleFacts facts = new SampleFacts()
                .set("OPENBLAS_NUM_THREADS", "8")
                .set("flux4j.engine", "lean")
                .set("org.bytedeco.javacpp.nopointergc", "false");
        assertThat(AdviceRules.all(facts.facts())).isEmpty();
    }

    @Test
    void anAlternativeWhoseIntervalHoldsOneIsNotRecommended() {
        SampleFacts facts = new SampleFacts();
        facts.speed =
                SampleFacts.speed(56, new Alternative("OMP_NUM_THREADS=1", 30, new PairedRatio(0.6, 0.3, 0.97, 12)));
        assertThat(AdviceRules.all(facts.facts())).isEmpty();
    }

    @Test
    void whereTheSameTimedTwiceDiffersNothingIsRecommended() {
        SampleFacts facts = new SampleFacts();
        facts.speed = new Speed(
                8,
                400,
                80.0,
                56,
                SampleFacts.ratio(1.3),
                List.of(new Alternative("OMP_NUM_THREADS=1", 8, SampleFacts.ratio(0.14))));
        assertThat(AdviceRules.all(facts.facts())).isEmpty();
    }

    @Test
    void anOldProcessorIsToldWhatItLacks() {
        SampleFacts facts = new SampleFacts();
        facts.builds = List.of(AVX512);
        facts.loaded = false;
        assertThat(AdviceRules.all(facts.facts()))
                .containsExactly(new Advice(
                        "nd4j-native linux-x86_64-avx512 needs instructions that this processor lacks: avx512f",
                        "take nd4j-native with the classifier linux-x86_64 in place of linux-x86_64-avx512",
                        "ND4J starts; as it is, it ends the process"));
    }

    @Test
    void openBlasThatDoesNotKnowAProcessorIsToldWhichCodeToTake() {
        SampleFacts facts = new SampleFacts();
        facts.instructions = List.of("avx2", "fma", "avx512f", "avx512bw", "avx512vl", "avx512dq");
        Advice advice = new Advice(
                "OpenBLAS took its code for Haswell, though the processor has AVX-512",
                "OPENBLAS_CORETYPE=SkylakeX",
                "products up to twice as fast; the last bits of results change");
        assertThat(AdviceRules.all(facts.facts())).contains(advice);
        facts.kernel = "SkylakeX";
        assertThat(AdviceRules.all(facts.facts())).doesNotContain(advice);
        facts.kernel = "Haswell";
        facts.set("OPENBLAS_CORETYPE", "Haswell");
        assertThat(AdviceRules.all(facts.facts())).doesNotContain(advice);
    }

    @Test
    void whatIsUnknownCallsForNothing() {
        SampleFacts facts = new SampleFacts();
        facts.instructions = null;
        facts.builds = List.of(AVX512);
        facts.cache = new CacheFolder("/home/cache", 0, GIGABYTE, null, List.of());
        facts.memory = new Memory(1L << 40, null, null);
        facts.load = new Load(null, null, null);
        facts.kernel = null;
        facts.speed = SampleFacts.speed(6);
        assertThat(AdviceRules.all(facts.facts())).isEmpty();
    }
}
