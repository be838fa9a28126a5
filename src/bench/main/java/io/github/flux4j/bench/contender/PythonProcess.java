package io.github.flux4j.bench.contender;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.bench.baseline.Network;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.io.FileUtils;

/**
 * A library in a Python process, where the machine has one with a decent BLAS. Small steps are asked for several at a time, one lot ahead, so that
 * Python never waits for Java; a large one is longer than the way to it.
 */
final class PythonProcess implements Contender {

    /**
     * What is imported.
     *
     * @param module in Python
     * @param script the resource that trains with it, called by {@code contender.py}
     * @param debian the package that has it
     */
    record Library(String name, String module, String script, String debian) {}

    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    /** Debian's reference BLAS has 2 or so. */
    private static final double DECENT_GFLOPS = 20;

    private static final double LARGE_FLOP = 1e7;
    private static final int LOT = 16;

    /** Without the seconds of an import. */
    private static final String HAS =
            "import importlib.util, sys; sys.exit(not all(map(importlib.util.find_spec, ['numpy', sys.argv[1]])))";

    /** Of whatever library: the other end of this class. */
    private static final String OTHER_END = "contender.py";

    private final Library library;
    private final Network network;
    private final Process process;
    private final OutputStream out;
    private final DataInputStream in;
    private final Path folder;
    private final int lot;
    private String about = "";
    private int wanted;
    private int underWay;

    /** Of a single call the way between Java and Python would be timed. */
    static Entrant entrant(String title, Function<Problem, Contender> factory) {
        return Entrant.ofFloats(title, Entrant.Kind.PEER, factory)
                .onlyAt(Problem.Task.TRAINING, Problem.Task.TIME_TO_LOSS, Problem.Task.FIRST_SECOND);
    }

    /**
     * A model in a process.
     *
     * @param options words that the script knows
     */
    PythonProcess(Problem problem, Library library, String options) {
        this.library = library;
        network = problem.network();
        lot = problem.task() != Problem.Task.TRAINING || problem.flopPerStep() > LARGE_FLOP ? 1 : LOT;
        try {
            String python = python();
            folder = Files.createTempDirectory("contender");
            process = new ProcessBuilder(python, unpacked(OTHER_END).toString(), moduleOf(unpacked(library.script())))
                    .redirectError(errors().toFile())
                    .start();
            out = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
            in = new DataInputStream(process.getInputStream());
            start(problem, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path unpacked(String resource) throws IOException {
        Path file = folder.resolve(resource);
        try (InputStream source = PythonProcess.class.getResourceAsStream(resource)) {
            Files.copy(source, file);
        }
        return file;
    }

    private static String moduleOf(Path script) {
        return script.getFileName().toString().replace(".py", "");
    }

    private Path errors() {
        return folder.resolve("errors");
    }

    private String python() throws IOException {
        for (String python : PYTHONS) {
            if (hasModule(python)) {
                return python;
            }
        }
        throw new UnsupportedOperationException("no python3 here can import " + library.module() + "; Debian's "
                + library.debian() + " brings it (apt-get install " + library.debian() + " libopenblas0-openmp)");
    }

    private boolean hasModule(String python) throws IOException {
        try {
            Process process = new ProcessBuilder(python, "-c", HAS, library.module())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** What the script reads first, as JSON. */
    private record Given(
            List<Network.Layer> layers,
            Network.Loss loss,
            Network.Rule rule,
            int batchSize,
            int batches,
            String options) {}

    private void start(Problem problem, String options) {
        try {
            give(problem, options);
            requireDecentBlas();
        } catch (IOException e) {
            throw ended();
        }
    }

    private void give(Problem problem, String options) throws IOException {
        List<Problem.Slice> batches = problem.batches();
        Given given = new Given(
                network.layers(), network.loss(), network.rule(), problem.batchSize(), batches.size(), options);
        out.write((new Gson().toJson(given) + "\n").getBytes(StandardCharsets.UTF_8));
        write(problem.start());
        for (Problem.Slice batch : batches) {
            write(batch.features());
            write(batch.targets());
        }
        out.flush();
    }

    @SuppressWarnings("deprecation") // a line of ASCII
    private void requireDecentBlas() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw ended();
        }
        JsonObject facts = JsonParser.parseString(line).getAsJsonObject();
        about = facts.get("about").getAsString();
        double gflops = facts.get("gflops").getAsDouble();
        if (gflops < DECENT_GFLOPS) {
            close();
            throw new UnsupportedOperationException(about + ": it multiplies at " + Math.round(gflops)
                    + " GFLOP/s here, so its BLAS is not a fast one; Debian's libopenblas0-openmp is");
        }
    }

    /** With the last line that Python wrote of its errors. */
    private UnsupportedOperationException ended() {
        String reason = "no reason given";
        try {
            List<String> lines = Files.readAllLines(errors());
            reason = lines.stream().filter(line -> !line.isBlank()).reduce(reason, (first, second) -> second.strip());
        } catch (IOException unread) {
            reason = unread.toString();
        }
        close();
        return new UnsupportedOperationException(library.name() + "'s process ended: " + reason);
    }

    private void write(float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }

    private void read(float[] values) throws IOException {
        byte[] bytes = new byte[Float.BYTES * values.length];
        in.readFully(bytes);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    }

    private void command(char command, int... number) throws IOException {
        out.write(command);
        for (int n : number) {
            out.write(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(n)
                    .array());
        }
    }

    @Override
    public void step() {
        if (++wanted == lot) {
            try {
                ask();
                await(lot == 1 ? 0 : 1);
            } catch (IOException e) {
                throw ended();
            }
        }
    }

    private void ask() throws IOException {
        if (wanted > 0) {
            command('s', wanted);
            out.flush();
            wanted = 0;
            underWay++;
        }
    }

    /** Waits until no more than so many lots are under way. */
    private void await(int most) throws IOException {
        for (; underWay > most; underWay--) {
            in.readByte();
        }
    }

    @Override
    public float[] parameters() {
        return answered(network.parameterCount(), () -> command('p'));
    }

    @Override
    public void predict(float[] x, float[] y) {
        float[] answer = answered(y.length, () -> {
            command('f', x.length / network.inputs());
            write(x);
        });
        System.arraycopy(answer, 0, y, 0, y.length);
    }

    private interface Question {
        void ask() throws IOException;
    }

    private float[] answered(int count, Question question) {
        try {
            ask();
            await(0);
            question.ask();
            out.flush();
            float[] answer = new float[count];
            read(answer);
            return answer;
        } catch (IOException e) {
            throw ended();
        }
    }

    @Override
    public String about() {
        return about;
    }

    @Override
    public void close() {
        process.destroy();
        FileUtils.deleteQuietly(folder.toFile());
    }
}
