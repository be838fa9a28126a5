package io.github.flux4j.optimise;

/** One parameter array, or the whole model while all of its arrays are treated alike, with the rule and its state. */
final class Slot {

    final String path;
    final int length;
    final Update update;
    Rule rule;
    boolean frozen;

    Slot(String path, int length, Rule rule, Update update) {
        this.path = path;
        this.length = length;
        this.rule = rule;
        this.update = update;
    }

    void set(Rule rule) {
        this.rule = rule;
        update.set(rule);
    }
}
