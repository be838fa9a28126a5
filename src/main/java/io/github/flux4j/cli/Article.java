package io.github.flux4j.cli;

import com.google.gson.Gson;
import io.github.flux4j.engine.Engines;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The tutorial's program: a line is learnt, and every step is shown with its result. */
@Command(
        name = "article",
        description = "Fit a line with a single dense layer, step by step, and draw how it went.",
        sortOptions = false)
final class Article implements Callable<Integer> {

    private static final Path PICTURE = Path.of("flux4j-article.png");

    @Mixin
    private Task task;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "Where the picture goes (default: flux4j-article.png; none with --json).")
    private Path picture;

    @Option(names = "--json", description = "Print the numbers as one JSON object and nothing else.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Engines.requireBackend(); // says what is missing, which a class that fails to load doesn't
        if (json) {
            printNumbers();
        } else {
            showProgram();
        }
        return 0;
    }

    private void printNumbers() throws IOException {
        Story story = new Tutorial(task, new Notebook(new PrintWriter(PrintWriter.nullWriter()))).run();
        if (picture != null) {
            new Picture(task, story).write(picture);
        }
        out().println(new Gson().toJson(story));
    }

    private void showProgram() throws IOException {
        Story story = new Tutorial(task, new Notebook(out())).run();
        Path file = (picture == null ? PICTURE : picture).toAbsolutePath().normalize();
        new Picture(task, story).write(file);
        out().println("picture: " + file);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
