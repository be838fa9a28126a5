package io.github.flux4j.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A process-wide setting with scopes: the value of the youngest open scope holds, or without any the one before the first. */
final class Scoped<T> {

    private final Supplier<T> read;
    private final Consumer<T> write;
    private final List<Open> scopes = new ArrayList<>();
    private T before;

    Scoped(Supplier<T> read, Consumer<T> write) {
        this.read = read;
        this.write = write;
    }

    synchronized Backend.Scope enter(T value) {
        if (scopes.isEmpty()) {
            before = read.get();
        }
        write.accept(value);
        Open scope = new Open(value);
        scopes.add(scope);
        return scope;
    }

    private synchronized void leave(Open scope) {
        boolean held = !scopes.isEmpty() && scopes.get(scopes.size() - 1) == scope;
        scopes.remove(scope);
        if (held) {
            write.accept(scopes.isEmpty() ? before : scopes.get(scopes.size() - 1).value);
        }
    }

    private final class Open implements Backend.Scope {

        private final T value;

        Open(T value) {
            this.value = value;
        }

        @Override
        public void close() {
            leave(this);
        }
    }
}
