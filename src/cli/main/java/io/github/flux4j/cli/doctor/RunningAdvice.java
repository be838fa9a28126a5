package io.github.flux4j.cli.doctor;

import io.github.flux4j.backend.Environment.Memory;
import io.github.flux4j.cli.doctor.Diagnosis.Facts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about what makes it slow or take too much memory. Each is null where no fact calls for it. */
final class RunningAdvice {

    /** What OpenBLAS's code for SkylakeX needs. */
    private static final List<String> AVX512 = List.of("avx512f", "avx512bw", "avx512vl", "avx512dq");

    private RunningAdvice() {}

    static Advice forcedKernel(Facts facts) {
        String type = facts.environment().setting("OPENBLAS_CORETYPE");
        String taken =
                facts.libraries() == null ? null : facts.libraries().blas().kernel();
        if (type == null) {
            return null;
        }
        return taken == null || taken.equalsIgnoreCase(type)
                ? new Advice(
                        "OPENBLAS_CORETYPE=" + type + " chooses the code of OpenBLAS",
                        "remove it, unless it works around a fault",
                        "the code for this processor")
                : new Advice(
                        "OPENBLAS_CORETYPE=" + type
                                + " names no code that OpenBLAS has for this machine; it uses the code for " + taken,
                        "remove it, or correct the name",
                        "the intended code");
    }

    /** Without a variable, OpenBLAS takes the code for AVX2 on processors that are newer than it, such as those of Zen 5. */
    static Advice weakKernel(Facts facts) {
        List<String> instructions = facts.environment().cpu().instructions();
        return facts.libraries() == null
                        || instructions == null
                        || !instructions.containsAll(AVX512)
                        || facts.environment().setting("OPENBLAS_CORETYPE") != null
                        || !List.of("Haswell", "Zen")
                                .contains(
                                        String.valueOf(facts.libraries().blas().kernel()))
                ? null
                : new Advice(
                        "OpenBLAS took its code for " + facts.libraries().blas().kernel()
                                + ", though the processor has AVX-512",
                        "OPENBLAS_CORETYPE=SkylakeX",
                        "products up to twice as fast; the last bits of results change");
    }

    static Advice memoryNeverFreed(Facts facts) {
        return Stream.of("org.bytedeco.javacpp.nopointergc", "org.nd4j.noarraygc")
                .filter(name -> "true".equals(facts.environment().setting(name)))
                .findFirst()
                .map(name -> new Advice(
                        "-D" + name + "=true keeps unused native memory from being freed",
                        "remove it",
                        "memory that doesn't grow without limit"))
                .orElse(null);
    }

    static Advice sizeAskedForAtEachAllocation(Facts facts) {
        return facts.libraries() == null || facts.libraries().javacpp().maxPhysicalBytes() == 0
                ? null
                : new Advice(
                        "JavaCPP asks the operating system for the process's size at each native allocation",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "faster allocations; JavaCPP then doesn't stop a leak");
    }

    static Advice heapWithoutRoomBesideIt(Facts facts) {
        Memory memory = facts.environment().memory();
        Long limit = Stream.of(Optional.ofNullable(memory.container()), Optional.ofNullable(memory.physical()))
                .flatMap(Optional::stream)
                .min(Long::compare)
                .orElse(null);
        return limit == null || memory.heap() <= limit * 3 / 4
                ? null
                : new Advice(
                        "Java's heap may take " + Binary.gib(memory.heap()) + " of " + Binary.gib(limit)
                                + ", and arrays lie outside the heap",
                        "-Xmx" + (limit / 2 >> 20) + "m",
                        "room for arrays, so that the system doesn't kill the process when both fill up");
    }

    static Advice forcedEngine(Facts facts) {
        String engine = facts.environment().setting("flux4j.engine");
        List<String> names = facts.environment().engines().names();
        if (engine == null || engine.equals(names.get(0))) {
            return null;
        }
        return names.contains(engine)
                ? new Advice(
                        "-Dflux4j.engine=" + engine + " makes every model run on that engine",
                        "remove it",
                        "models on " + names.get(0) + ", the default")
                : new Advice(
                        "-Dflux4j.engine=" + engine + " names no engine",
                        "remove it, or name one of " + String.join(", ", names),
                        "models that run; now each ends with an error");
    }
}
