package io.github.flux4j.cli.doctor;

import com.google.gson.Gson;
import io.github.flux4j.backend.Backend.NativeLibraries;
import io.github.flux4j.cli.Jvm;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What a {@link Checkup} found.
 *
 * @param libraries null if they couldn't be loaded
 * @param speed null if it wasn't measured
 */
record Findings(NativeLibraries libraries, List<Check> checks, Speed speed) {

    /** The first run ever unpacks 410 MiB. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static final Map<Integer, String> SIGNALS =
            Map.of(4, "SIGILL", 6, "SIGABRT", 7, "SIGBUS", 9, "SIGKILL", 11, "SIGSEGV", 15, "SIGTERM");

    private static final Map<String, String> MEANINGS = Map.of(
            "SIGILL", " (an instruction that the processor doesn't have)",
            "SIGKILL", " (out of memory, or it took too long)");

    private static final int TOLD = 6;
    private static final String CRASH = "#\\s+SIG[A-Z]+ .*";

    static Findings ofCheckup(boolean quick) throws IOException, InterruptedException {
        return of(Jvm.java(Checkup.class.getName(), quick ? List.of(Checkup.QUICK) : List.of(), LIMIT));
    }

    /** The parts that the child told; if it didn't reach its end, how it died is one more check. */
    static Findings of(Jvm.Ended child) {
        List<Checkup.Part> parts = child.lines().stream()
                .filter(line -> line.startsWith(Checkup.MARK))
                .map(line -> new Gson().fromJson(line.substring(Checkup.MARK.length()), Checkup.Part.class))
                .toList();
        NativeLibraries libraries = one(parts, Checkup.Part::libraries);
        List<Check> checks = new ArrayList<>(
                parts.stream().map(Checkup.Part::check).filter(Objects::nonNull).toList());
        if (child.code() != 0 || checks.isEmpty()) {
            String name = libraries == null ? Checkup.LOADING : "the process that computes reaches its end";
            checks.add(Check.failed(name, death(child)));
        }
        return new Findings(libraries, List.copyOf(checks), one(parts, Checkup.Part::speed));
    }

    private static <T> T one(List<Checkup.Part> parts, Function<Checkup.Part, T> which) {
        return parts.stream().map(which).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static String death(Jvm.Ended child) {
        String said = String.join("\n", telling(child.lines()));
        return "it ended " + cause(child) + (said.isEmpty() ? "" : "; it said at the end:\n" + said);
    }

    /** The last lines; of the JVM's report of a crash the first ones, since advice on bug reports ends it. */
    private static List<String> telling(List<String> lines) {
        List<String> crash = lines.stream()
                .dropWhile(line -> !line.matches(CRASH))
                .filter(line -> line.matches("#.*\\w.*"))
                .limit(TOLD)
                .toList();
        List<String> said = lines.stream()
                .filter(line -> !line.startsWith(Checkup.MARK) && !line.matches("[#*\\s]*|\\s+at .*"))
                .toList();
        return crash.isEmpty() ? said.subList(Math.max(0, said.size() - TOLD), said.size()) : crash;
    }

    /** A process that a signal ends has 128 and the signal's number; the JVM reports a signal and then ends by itself. */
    private static String cause(Jvm.Ended child) {
        String reported = child.lines().stream()
                .filter(line -> line.matches(CRASH))
                .map(line -> line.replaceAll("#\\s+(SIG[A-Z]+) .*", "$1"))
                .findFirst()
                .orElse("");
        String signal = reported.isEmpty() ? SIGNALS.getOrDefault(child.code() - 128, "") : reported;
        String meaning = MEANINGS.getOrDefault(signal, "");
        return (signal.isEmpty() ? "with " : "by " + signal + meaning + ", ") + "exit code " + child.code();
    }
}
