package io.github.flux4j.cli.doctor;

import io.github.flux4j.cli.doctor.Diagnosis.Facts;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is worth changing. Every rule needs a fact that calls for it, and is silent otherwise. */
final class AdviceRules {

    private static final List<Function<Facts, Advice>> RULES = List.of(
            LoadingAdvice::missingJars,
            LoadingAdvice::missingInstructions,
            LoadingAdvice::noCacheFolder,
            LoadingAdvice::fullCache,
            LoadingAdvice::noexecCache,
            LoadingAdvice::refusedCache,
            LoadingAdvice::severalBuilds,
            LoadingAdvice::mixedVersions,
            ThreadAdvice::threadsThatAreNoNumber,
            ThreadAdvice::busyMachine,
            ThreadAdvice::measuredThreads,
            ThreadAdvice::moreThreadsThanCores,
            ThreadAdvice::overriddenBlasThreads,
            RunningAdvice::forcedKernel,
            RunningAdvice::weakKernel,
            RunningAdvice::memoryNeverFreed,
            RunningAdvice::sizeAskedForAtEachAllocation,
            RunningAdvice::heapWithoutRoomBesideIt,
            RunningAdvice::forcedEngine);

    private AdviceRules() {}

    static List<Advice> all(Facts facts) {
        return RULES.stream()
                .flatMap(rule -> Stream.ofNullable(rule.apply(facts)))
                .toList();
    }
}
