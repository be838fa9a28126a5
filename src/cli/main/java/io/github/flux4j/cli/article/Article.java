package io.github.flux4j.cli.article;

import com.google.gson.Gson;
import io.github.flux4j.backend.Backend;
import io.github.flux4j.internal.arrays.Nd4jStart;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
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
        description = "Fit a line with a single dense layer, step by step, and draw the result.",
        sortOptions = false)
public final class Article implements Callable<Integer> {

    private static final Path PICTURE = Path.of("flux4j-article.png");

    @Mixin
    private ArticleOptions options;

    @Option(
            names = "--picture",
            paramLabel = "FILE",
            description = "File for the picture (default: flux4j-article.png; none with --json).")
    private Path picture;

    @Option(names = "--json", description = "Print the numbers as one JSON object and nothing else.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PictureFile file = json && picture == null ? null : new PictureFile(picture == null ? PICTURE : picture);
        if (file != null) {
            file.check();
        }
        Nd4jStart.require(); // says what is missing, which a class that fails to load doesn't
        ArticleResult result = result();
        if (file != null) {
            file.write(new Picture(options, result).png());
        }
        if (!json) {
            out().println("engine: " + result.engine());
        }
        out().println(json ? new Gson().toJson(result) : "picture: " + file);
        return 0;
    }

    @SuppressWarnings("try") // the scope is entered, not used
    private ArticleResult result() {
        try (Backend.Scope engine = options.engine == null ? null : Backend.engine(options.engine)) {
            return new Tutorial(options, new Notebook(json ? new PrintWriter(Writer.nullWriter()) : out())).run();
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
