package io.github.flux4j.bench.harness;

import io.github.flux4j.bench.workload.Workload;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The numbers that cells must agree with, in a file for each workload: so many runs, so many numbers, the numbers; to the file's end. */
final class Expected {

    private Expected() {}

    /** On as many processors as there are: nothing is timed yet. */
    static void write(Collection<Workload> workloads, Path folder, double mostFlop) throws IOException {
        Files.createDirectories(folder);
        workloads.parallelStream()
                .forEach(one -> write(one.expected(mostFlop, new SecureRandom()), folder.resolve(one.name())));
    }

    private static void write(Map<Integer, double[]> expected, Path file) {
        try (DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (Map.Entry<Integer, double[]> entry : expected.entrySet()) {
                out.writeInt(entry.getKey());
                out.writeInt(entry.getValue().length);
                for (double value : entry.getValue()) {
                    out.writeDouble(value);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<Integer, double[]> read(Path file) {
        Map<Integer, double[]> expected = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (in.available() > 0) {
                int runs = in.readInt();
                double[] values = new double[in.readInt()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = in.readDouble();
                }
                expected.put(runs, values);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return expected;
    }
}
