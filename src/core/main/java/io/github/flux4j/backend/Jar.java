package io.github.flux4j.backend;

import java.io.File;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A jar, named as Maven names it.
 *
 * @param artifact such as nd4j-native; the whole name if it has no version
 * @param version null if its name has none
 * @param classifier such as linux-x86_64-avx2; null if its name has none
 */
public record Jar(String file, long bytes, String artifact, String version, String classifier) {

    private static final Pattern NAME =
            Pattern.compile("(.+?)-(\\d.*?)(?:-((?:linux|macosx|windows|android|ios)-.*))?\\.jar");

    private static final Pattern STACK =
            Pattern.compile("(nd4j|deeplearning4j|slf4j|logback|log4j-slf4j).*|javacpp|openblas");

    /** Null if the file is no jar, or isn't there. */
    static Jar of(File file) {
        return file.isFile() && file.getName().endsWith(".jar") ? named(file.getName(), file.length()) : null;
    }

    static Jar named(String name, long bytes) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? new Jar(name, bytes, parts.group(1), parts.group(2), parts.group(3))
                : new Jar(name, bytes, name, null, null);
    }

    boolean isOfTheStack() {
        return STACK.matcher(artifact).matches();
    }
}
