package io.github.flux4j.bench.contender;

import java.util.List;

/** Things that take turns: after the last comes the first again. */
public final class Turns<T> {

    private final List<T> all;
    private int next;

    public Turns(List<T> all) {
        this.all = List.copyOf(all);
    }

    /** The first is the next. */
    public void restart() {
        next = 0;
    }

    public T next() {
        T turn = all.get(next);
        next = next + 1 == all.size() ? 0 : next + 1;
        return turn;
    }
}
