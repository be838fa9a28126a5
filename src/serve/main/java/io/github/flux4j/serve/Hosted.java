package io.github.flux4j.serve;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A model under its name; another may take its place while it is served. A request keeps the one that it began with. For any thread.
 *
 * @param path of its page, with a slash at the end; that of its predictions is below
 */
record Hosted(String name, String path, RowCounts counts, AtomicReference<Current> current) {

    /** A model and its page. */
    record Current(Served model, PredictionPage page) {}

    static Hosted of(String name, String path, Served model) {
        Hosted hosted = new Hosted(name, path, new RowCounts(), new AtomicReference<>());
        hosted.replace(model);
        return hosted;
    }

    /** Has another model answer from now on. */
    void replace(Served model) {
        current.set(new Current(model, new PredictionPage(model, path)));
    }

    Served model() {
        return current.get().model;
    }
}
