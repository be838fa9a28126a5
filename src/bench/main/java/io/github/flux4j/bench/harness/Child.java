package io.github.flux4j.bench.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Processes that end when this one does. */
final class Child {

    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    private static final Map<Integer, String> SIGNALS = Map.of(
            4, "an instruction that this processor lacks (SIGILL)",
            6, "an abort of a native library (SIGABRT)",
            9, "SIGKILL: it took longer than three minutes, or all memory",
            11, "an access to memory that isn't its own (SIGSEGV)");

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    /**
     * What came of one.
     *
     * @param told lines after {@link Probe#MARK}
     * @param nanos from its start until it told the first
     */
    record Outcome(List<String> told, long nanos) {

        String first() {
            return told.get(0);
        }

        String last() {
            return told.get(told.size() - 1);
        }
    }

    private Child() {}

    /**
     * Runs it until it ends.
     *
     * @throws Unavailable if it ended badly, or without a result; the message says how
     */
    static Outcome run(ProcessBuilder command, int mostSeconds) throws IOException, InterruptedException, Unavailable {
        long start = System.nanoTime();
        AtomicLong nanos = new AtomicLong();
        List<String> told = new ArrayList<>();
        List<String> last = new ArrayList<>();
        int exit = listen(command, mostSeconds, line -> {
            if (line.startsWith(Probe.MARK)) {
                nanos.compareAndSet(0, System.nanoTime() - start);
                told.add(line.substring(Probe.MARK.length()));
            } else {
                last.add(line);
            }
        });
        if (exit != 0 || told.isEmpty()) {
            throw new Unavailable(reason(exit, last.subList(Math.max(0, last.size() - 40), last.size())));
        }
        return new Outcome(told, nanos.get());
    }

    private static String reason(int exit, List<String> last) {
        String signal = SIGNALS.get(exit - 128);
        return signal == null
                ? "its process ended with code " + exit + said(last)
                : "its process was ended by " + signal;
    }

    /** The line that tells most: the last that names an exception or an error, else the last. */
    private static String said(List<String> last) {
        String telling = last.stream()
                .filter(line -> line.matches("(?i).*(exception|caused by|error|undefined|cannot|can't).*"))
                .filter(line -> !line.startsWith("\tat "))
                .reduce((first, second) -> second)
                .orElse(last.isEmpty() ? "" : last.get(last.size() - 1));
        String text = telling.replace(Path.of("").toAbsolutePath() + "/", "").strip();
        return text.isEmpty() ? "" : ": " + (text.length() > 200 ? text.substring(0, 200) + "…" : text);
    }

    /** Runs it until it ends, or for so long, and hands on what it writes, line by line. Returns its exit code. */
    static int listen(ProcessBuilder command, int mostSeconds, Consumer<String> listener)
            throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        RUNNING.add(process);
        CompletableFuture.delayedExecutor(mostSeconds, TimeUnit.SECONDS).execute(process::destroyForcibly);
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(listener);
            return process.waitFor();
        } finally {
            process.destroyForcibly();
            RUNNING.remove(process);
        }
    }
}
