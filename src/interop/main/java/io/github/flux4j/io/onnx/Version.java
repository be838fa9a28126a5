package io.github.flux4j.io.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of flux4j that writes a file. */
final class Version {

    static final String OWN = read();

    private Version() {}

    /** Maven leaves this file in the jar; classes that are not in a jar have none. */
    private static String read() {
        try (InputStream in =
                Version.class.getResourceAsStream("/META-INF/maven/io.github.flux4j/flux4j/pom.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unreleased");
        } catch (IOException e) {
            return "unreleased";
        }
    }
}
