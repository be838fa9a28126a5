package io.github.flux4j.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What is running, and on what. */
final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() throws IOException {
        return new String[] {
            "flux4j " + version("io.github.flux4j", "flux4j"),
            "Deeplearning4j " + version("org.deeplearning4j", "deeplearning4j-nn"),
            "Java " + System.getProperty("java.runtime.version")
        };
    }

    /** Maven leaves this file in each jar it makes; classes that are not in a jar have none. */
    private static String version(String group, String artifact) throws IOException {
        String file = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = Versions.class.getResourceAsStream(file)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "(not from a jar)");
        }
    }
}
