package io.github.flux4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnseenTest {

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(entry, e);
        }
    }

    /** Classes of their own, since this process has made some of these already. */
    @ParameterizedTest
    @ValueSource(strings = {"Unseen", "Unseen$Labels", "Unseen$Reasons", "Importance"})
    void noneHasAllPartsWhicheverClassIsUsedFirst(String first) throws Exception {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(UnseenTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader fresh = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Class.forName("io.github.flux4j.evaluate." + first, true, fresh);
            Class<?> unseen = Class.forName("io.github.flux4j.evaluate.Unseen", true, fresh);
            Object none = unseen.getField("NONE").get(null);
            for (String part : new String[] {"labels", "reasons", "importance"}) {
                assertThat(unseen.getMethod(part).invoke(none)).as(part).isNotNull();
            }
        }
    }
}
