package io.github.flux4j.backend;

import io.github.flux4j.backend.Environment.ClassPath.Jar;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Finds jars whose versions don't belong together. */
final class MixedVersions {

    private static final Predicate<Jar> ND4J = jar -> jar.artifact().matches("(nd4j|deeplearning4j)-.*");
    private static final Predicate<Jar> SLF4J_BINDING =
            jar -> jar.artifact().matches("slf4j-(simple|jdk14|nop|reload4j)|logback-classic|log4j-slf4j2?-impl");

    private MixedVersions() {}

    /** Returns one sentence for each mixture. */
    static List<String> in(List<Jar> all) {
        List<Jar> jars = all.stream().filter(jar -> jar.version() != null).toList();
        List<String> mixed = new ArrayList<>();
        differing(jars.stream().filter(ND4J).toList(), mixed);
        for (String artifact : List.of("javacpp", "openblas", "slf4j-api")) {
            differing(
                    jars.stream().filter(jar -> jar.artifact().equals(artifact)).toList(), mixed);
        }
        javacpp(jars, mixed);
        slf4j(jars, mixed);
        return List.copyOf(mixed);
    }

    private static void differing(List<Jar> jars, List<String> mixed) {
        if (jars.stream().map(Jar::version).distinct().count() > 1) {
            mixed.add(jars.stream()
                    .map(jar -> jar.artifact() + " " + jar.version())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", ")));
        }
    }

    /** OpenBLAS's jar has its own version, then that of the JavaCPP it was built with. */
    private static void javacpp(List<Jar> jars, List<String> mixed) {
        for (Jar openblas : first(jars, jar -> jar.artifact().equals("openblas"))) {
            for (Jar javacpp : first(jars, jar -> jar.artifact().equals("javacpp"))) {
                if (!openblas.version().endsWith("-" + javacpp.version())) {
                    mixed.add("openblas " + openblas.version() + " was made with another javacpp than "
                            + javacpp.version());
                }
            }
        }
    }

    /** slf4j-api 2.0 finds its binding in another way, so versions before and after don't find each other. */
    private static void slf4j(List<Jar> jars, List<String> mixed) {
        for (Jar api : first(jars, jar -> jar.artifact().equals("slf4j-api"))) {
            for (Jar binding : first(jars, SLF4J_BINDING)) {
                if (isOld(api) != isOldBinding(binding)) {
                    mixed.add("slf4j-api " + api.version() + " doesn't find " + binding.artifact() + " "
                            + binding.version());
                }
            }
        }
    }

    private static boolean isOldBinding(Jar binding) {
        return switch (binding.artifact()) {
            case "log4j-slf4j-impl" -> true;
            case "log4j-slf4j2-impl" -> false;
            case "logback-classic" -> binding.version().matches("(0|1\\.[012])\\..*");
            default -> isOld(binding);
        };
    }

    private static boolean isOld(Jar slf4j) {
        return slf4j.version().startsWith("1.");
    }

    private static List<Jar> first(List<Jar> jars, Predicate<Jar> which) {
        return jars.stream().filter(which).limit(1).toList();
    }
}
