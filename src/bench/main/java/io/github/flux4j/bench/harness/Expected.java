package io.github.flux4j.bench.harness;

import io.github.flux4j.bench.workload.Workloads;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The numbers that cells must agree with, in a file for each workload: so many runs, so many numbers, the numbers; to the file's end. */
final class Expected {

    private Expected() {}

    /** On as many processors as there are: nothing is timed yet. */
    static void write(Collection<String> workloads, Path folder, double mostFlop) throws IOException {
        Files.createDirectories(folder);
        workloads.parallelStream()
                .forEach(name -> write(Workloads.named(name).expected(mostFlop), folder.resolve(name)));
    }

    private static void write(Map<Integer, double[]> expected, Path file) {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<Integer, double[]> entry : expected.entrySet()) {
                ByteBuffer bytes = ByteBuffer.allocate(entry.getValue().length * Double.BYTES);
                bytes.asDoubleBuffer().put(entry.getValue());
                out.writeInt(entry.getKey());
                out.writeInt(entry.getValue().length);
                out.write(bytes.array());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<Integer, double[]> read(Path file) throws IOException {
        Map<Integer, double[]> expected = new TreeMap<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            while (in.available() > 0) {
                int runs = in.readInt();
                double[] values = new double[in.readInt()];
                ByteBuffer.wrap(in.readNBytes(values.length * Double.BYTES))
                        .asDoubleBuffer()
                        .get(values);
                expected.put(runs, values);
            }
        }
        return expected;
    }
}
