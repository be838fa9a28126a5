package io.github.flux4j.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One line of the list of all commands, {@code commands}, which {@code scripts/flux4j} reads, too.
 *
 * @param type of the object that picocli runs
 * @param isLight whether it needs no ND4J, which needn't be there then
 */
record ListedCommand(String name, String type, boolean isLight) {

    private static final String LIST = "commands";

    /** All of them. */
    static List<ListedCommand> all() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(ListedCommand.class.getResourceAsStream(LIST), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" +"))
                    .map(words -> new ListedCommand(words[0], words[1], words[2].equals("light")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that a start with these arguments may need: the one that they begin with, if it is light; else all. */
    static List<ListedCommand> of(String... args) {
        List<ListedCommand> all = all();
        return all.stream()
                .filter(command -> args.length > 0 && command.name.equals(args[0]) && command.isLight)
                .findFirst()
                .map(List::of)
                .orElse(all);
    }

    /** Its class. */
    Class<?> load() {
        try {
            return Class.forName(ListedCommand.class.getPackageName() + "." + type);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(type + " is listed, but isn't there", e);
        }
    }
}
