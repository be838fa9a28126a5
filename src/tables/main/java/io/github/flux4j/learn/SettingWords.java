package io.github.flux4j.learn;

import io.github.flux4j.internal.values.Distance;
import io.github.flux4j.losses.LossFunction;
import io.github.flux4j.optimise.Rule;
import io.github.flux4j.optimise.Schedule;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every setting by its name, as text: what reports show, files keep, and the command line and other processes are told. */
final class SettingWords {

    /** One of them; the text is null where there is nothing to say. */
    private record Word(Function<Settings, String> text, BiConsumer<Settings, String> read) {}

    private static final String AUTOMATIC = "automatic";
    private static final Map<String, Word> ALL = words();

    private SettingWords() {}

    private static Map<String, Word> words() {
        Map<String, Word> all = new LinkedHashMap<>();
        all.put("network", new Word(s -> s.network.text(), (s, text) -> s.network = Network.of(text)));
        all.put("rule", new Word(s -> s.rule.text(), (s, text) -> s.rule = Rule.parse(text)));
        all.put("loss", new Word(s -> s.loss.text(), (s, text) -> s.loss = LossFunction.parse(text)));
        all.put(
                "schedule",
                new Word(
                        s -> s.schedule == null ? null : s.schedule.text(),
                        (s, text) -> s.schedule = Schedule.parse(text)));
        all.put("epochs", whole(s -> s.epochs, (s, n) -> s.epochs = n));
        all.put("batchSize", whole(s -> s.batchSize, (s, n) -> s.batchSize = n));
        all.put("networks", whole(s -> s.networks, (s, n) -> s.networks = n));
        all.put("patience", whole(s -> s.patience, (s, n) -> s.patience = n));
        all.put("lambda", number(s -> s.lambda, (s, x) -> s.lambda = x));
        all.put("alpha", number(s -> s.alpha, (s, x) -> s.alpha = x));
        all.put("seed", new Word(s -> String.valueOf(s.seed), (s, text) -> s.seed = Long.parseLong(text)));
        all.put("shuffle", flag(s -> s.shuffled, (s, on) -> s.shuffled = on));
        all.put("partial", flag(s -> s.partial, (s, on) -> s.partial = on));
        all.put("scale", flag(s -> s.scaled, (s, on) -> s.scaled = on));
        all.put("cosines", whole(s -> s.cosines, (s, n) -> s.cosines = n));
        all.put("sigma", number(s -> s.sigma, (s, x) -> s.sigma = x));
        all.put("keep", new Word(s -> lines(s.keep), (s, text) -> s.keep = Set.copyOf(List.of(text.split("\t")))));
        all.put(
                "unknown",
                new Word(
                        s -> s.unknown.name().toLowerCase(Locale.ROOT),
                        (s, text) -> s.unknown = Unknown.valueOf(text.toUpperCase(Locale.ROOT))));
        all.put("weights", new Word(s -> s.weights, (s, text) -> s.weights = text));
        all.put("classWeights", new Word(SettingWords::classWeights, (s, text) -> s.classWeights = classWeights(text)));
        all.put("balanced", flag(s -> s.balanced, (s, on) -> s.balanced = on));
        all.put("labelSmoothing", number(s -> s.labelSmoothing, (s, x) -> s.labelSmoothing = x));
        all.put("yardstick", flag(s -> s.yardstick, (s, on) -> s.yardstick = on));
        return all;
    }

    private static Word whole(Function<Settings, Integer> get, BiConsumer<Settings, Integer> set) {
        return new Word(
                s -> get.apply(s) == Settings.AUTOMATIC ? AUTOMATIC : String.valueOf(get.apply(s)),
                (s, text) -> set.accept(s, text.equals(AUTOMATIC) ? Settings.AUTOMATIC : Integer.parseInt(text)));
    }

    private static Word number(Function<Settings, Double> get, BiConsumer<Settings, Double> set) {
        return new Word(s -> String.valueOf(get.apply(s)), (s, text) -> set.accept(s, Double.parseDouble(text)));
    }

    private static Word flag(Function<Settings, Boolean> get, BiConsumer<Settings, Boolean> set) {
        return new Word(s -> String.valueOf(get.apply(s)), (s, text) -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("true or false was expected, but is " + text);
            }
            set.accept(s, text.equals("true"));
        });
    }

    private static String lines(Set<String> names) {
        return names.isEmpty() ? null : String.join("\t", new TreeSet<>(names));
    }

    private static String classWeights(Settings s) {
        return s.classWeights.isEmpty()
                ? null
                : new TreeMap<>(s.classWeights)
                        .entrySet().stream()
                                .map(weight -> weight.getKey() + "=" + weight.getValue())
                                .collect(Collectors.joining("\t"));
    }

    private static Map<String, Double> classWeights(String text) {
        return Arrays.stream(text.split("\t"))
                .collect(Collectors.toUnmodifiableMap(
                        weight -> weight.substring(0, weight.lastIndexOf('=')),
                        weight -> Double.valueOf(weight.substring(weight.lastIndexOf('=') + 1))));
    }

    /** All names, in order. */
    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    /**
     * All that is said, by name.
     *
     * @throws IllegalArgumentException if something has no text, such as a network given as a lambda
     */
    static Map<String, String> texts(Settings settings) {
        Map<String, String> texts = new LinkedHashMap<>();
        ALL.forEach((name, word) -> {
            String text = word.text.apply(settings);
            if (text != null) {
                texts.put(name, text);
            }
        });
        return texts;
    }

    /** The same for people, who are content with less where something has no text. */
    static Map<String, String> shown(Settings settings) {
        Map<String, String> texts = new LinkedHashMap<>();
        ALL.forEach((name, word) -> {
            String text = textOrNote(word, settings);
            if (text != null) {
                texts.put(name, text);
            }
        });
        return texts;
    }

    private static String textOrNote(Word word, Settings settings) {
        try {
            return word.text.apply(settings);
        } catch (IllegalArgumentException withoutText) {
            return "one of your own";
        }
    }

    /** The names of those in which two differ; without a text, they differ unless they are the same object. */
    static List<String> differences(Settings one, Settings other) {
        Map<String, String> a = shown(one);
        Map<String, String> b = shown(other);
        return names().stream()
                .filter(name -> !Objects.equals(a.get(name), b.get(name))
                        || name.equals("network")
                                && "one of your own".equals(a.get(name))
                                && one.network != other.network
                        || name.equals("rule") && !one.rule.equals(other.rule)
                        || name.equals("loss") && !one.loss.equals(other.loss))
                .toList();
    }

    /**
     * With one setting read from text.
     *
     * @throws IllegalArgumentException if there is none of that name, or the text is refused
     */
    static Settings with(Settings settings, String name, String text) {
        Word word = ALL.get(name);
        if (word == null) {
            throw new IllegalArgumentException("there is no setting named " + name + "; near are "
                    + String.join(", ", Distance.nearest(name, ALL.keySet())));
        }
        try {
            return settings.with(s -> word.read.accept(s, text));
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(name + " can't be " + text + ": " + refused.getMessage(), refused);
        }
    }
}
