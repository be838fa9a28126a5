package io.github.flux4j.cli.doctor;

import io.github.flux4j.backend.Environment.Memory;
import io.github.flux4j.cli.doctor.Diagnosis.Facts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules about what makes it slow or take too much memory. Each is null where no fact calls for it. */
final class RunningAdvice {

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
                        "leave it out, unless it is there to avoid a fault",
                        "the code for this processor")
                : new Advice(
                        "OPENBLAS_CORETYPE=" + type
                                + " names no code that OpenBLAS has for this machine; it took that for " + taken,
                        "leave it out, or set the name that was meant",
                        "the code that was meant");
    }

    static Advice memoryNeverFreed(Facts facts) {
        return Stream.of("org.bytedeco.javacpp.nopointergc", "org.nd4j.noarraygc")
                .filter(name -> "true".equals(facts.environment().setting(name)))
                .findFirst()
                .map(name -> new Advice(
                        "-D" + name + "=true keeps native memory that nobody uses from being freed",
                        "leave it out",
                        "memory that doesn't grow without end"))
                .orElse(null);
    }

    static Advice sizeAskedForAtEachAllocation(Facts facts) {
        return facts.libraries() == null || facts.libraries().javacpp().maxPhysicalBytes() == 0
                ? null
                : new Advice(
                        "JavaCPP asks the operating system for the process's size at each native allocation",
                        "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                        "allocations that don't ask; a leak is then not stopped by JavaCPP");
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
                                + ", and arrays lie outside of it",
                        "-Xmx" + (limit / 2 >> 20) + "m",
                        "room for arrays; the system doesn't end the process when both fill up");
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
                        "leave it out",
                        "models on " + names.get(0) + ", which computes unless told otherwise")
                : new Advice(
                        "-Dflux4j.engine=" + engine + " names no engine",
                        "leave it out, or name one of " + String.join(", ", names),
                        "models that run; as it is, each ends with an error");
    }
}
