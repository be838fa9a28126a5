package io.github.flux4j.bench.contender;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.flux4j.bench.baseline.DenseNetwork;
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
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.io.FileUtils;

/**
 * A library in a Python process, where the machine has one with a decent BLAS. Small steps are asked for several at a time, one lot ahead, so that
 * Python never waits for Java; a large one is longer than the way to it. The other end is {@code contender.py}.
 */
final class PythonProcess implements Contender {

    /**
     * What is imported.
     *
     * @param module in Python
     * @param script the resource that trains with it, without its ending
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

    private final Library library;
    private final DenseNetwork network;
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
            folder = Files.createTempDirectory("contender");
            unpack(library.script());
            process = new ProcessBuilder(python(library), unpack("contender").toString(), library.script())
                    .redirectError(errors().toFile())
                    .start();
            out = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
            in = new DataInputStream(process.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        asking(() -> give(problem, options));
        asking(this::requireDecentBlas);
    }

    private Path unpack(String script) throws IOException {
        Path file = folder.resolve(script + ".py");
        try (InputStream source = PythonProcess.class.getResourceAsStream(script + ".py")) {
            Files.copy(source, file);
        }
        return file;
    }

    private Path errors() {
        return folder.resolve("errors");
    }

    private static String python(Library library) {
        return PYTHONS.stream()
                .filter(python -> hasModule(python, library.module()))
                .findFirst()
                .orElseThrow(() -> new UnsupportedOperationException(
                        "no python3 here can import " + library.module() + "; Debian's " + library.debian()
                                + " brings it (apt-get install " + library.debian() + " libopenblas0-openmp)"));
    }

    private static boolean hasModule(String python, String module) {
        try {
            ProcessBuilder.Redirect nowhere = ProcessBuilder.Redirect.DISCARD;
            ProcessBuilder command = new ProcessBuilder(python, "-c", HAS, module);
            return command.redirectOutput(nowhere)
                            .redirectError(nowhere)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** What the script reads first: a line of JSON, then parameters and batches. */
    private void give(Problem problem, String options) throws IOException {
        List<Problem.Slice> batches = problem.batches();
        Map<String, Object> given = Map.of(
                "layers", network.layers(),
                "loss", network.loss(),
                "rule", network.rule(),
                "batchSize", problem.batchSize(),
                "batches", batches.size(),
                "options", options);
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

    private interface Exchange {
        void run() throws IOException;
    }

    private void asking(Exchange exchange) {
        try {
            exchange.run();
        } catch (IOException e) {
            throw ended();
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

    private static ByteBuffer bytes(int numbers) {
        return ByteBuffer.allocate(Float.BYTES * numbers).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void write(float[] values) throws IOException {
        ByteBuffer bytes = bytes(values.length);
        bytes.asFloatBuffer().put(values);
        out.write(bytes.array());
    }

    private void command(char command, int number) throws IOException {
        out.write(command);
        out.write(bytes(1).putInt(number).array());
    }

    @Override
    public void step() {
        if (++wanted == lot) {
            asking(() -> {
                sendSteps();
                await(lot == 1 ? 0 : 1);
            });
        }
    }

    private void sendSteps() throws IOException {
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
    public void restart() {
        answer(new float[0], () -> out.write('r'));
    }

    @Override
    public float[] parameters() {
        float[] parameters = new float[network.parameterCount()];
        answer(parameters, () -> out.write('p'));
        return parameters;
    }

    @Override
    public void predict(float[] x, float[] y) {
        answer(y, () -> {
            command('f', x.length / network.inputs());
            write(x);
        });
    }

    private void answer(float[] values, Exchange question) {
        asking(() -> {
            sendSteps();
            await(0);
            question.run();
            out.flush();
            ByteBuffer bytes = bytes(values.length);
            in.readFully(bytes.array());
            bytes.asFloatBuffer().get(values);
        });
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
