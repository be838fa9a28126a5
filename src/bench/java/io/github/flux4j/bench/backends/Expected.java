package io.github.flux4j.bench.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** The numbers that cells must agree with, in a file for each workload. */
final class Expected {

    private Expected() {}

    /** On as many processors as there are: nothing is timed yet. */
    static void write(Collection<String> workloads, Path folder) throws IOException {
        Files.createDirectories(folder);
        workloads.parallelStream().forEach(name -> write(Workloads.named(name).expected(), folder.resolve(name)));
    }

    private static void write(double[] values, Path file) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        try {
            Files.write(file, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static double[] read(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            double[] values = new double[bytes.capacity() / Double.BYTES];
            bytes.asDoubleBuffer().get(values);
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
