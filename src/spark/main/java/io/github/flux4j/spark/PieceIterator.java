package io.github.flux4j.spark;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What is made piece by piece as long as there is more. */
record PieceIterator<T>(BooleanSupplier more, Supplier<T> piece) implements Iterator<T> {

    @Override
    public boolean hasNext() {
        return more.getAsBoolean();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return piece.get();
    }
}
