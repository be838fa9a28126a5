package io.github.flux4j.io.dl4j;

import io.github.flux4j.layers.Layer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The zip around DL4J's network: which entries there may be, and how much may come out of them. */
final class PlainFile {

    private static final int LONGEST_REASON = 1000; // letters
    private static final int LARGEST_CONFIGURATION = 1 << 24;

    /** Parameters of trained networks can hardly be compressed; zeros can, a thousandfold. */
    private static final long MOST_COMPRESSED = 100;

    private static final long ALWAYS_FINE = 1 << 20;

    /** Not looked at. */
    private static final Set<String> STATES = Set.of("updaterState.bin", "updater.bin");

    private PlainFile() {}

    static Layer read(Path file) throws IOException {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IOException(
                        Files.exists(file) ? "it isn't a regular file; name a .zip file" : "there is no such file");
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                requireKnown(zip);
                return network(zip);
            }
        } catch (EOFException e) {
            throw refused(file, "its parameters end too early", e);
        } catch (IOException | IllegalArgumentException e) {
            throw refused(file, e.getMessage(), e);
        }
    }

    private static IOException refused(Path file, String reason, Exception cause) {
        String all = reason == null ? cause.getClass().getSimpleName() : reason;
        String shown = all.length() <= LONGEST_REASON ? all : all.substring(0, LONGEST_REASON) + "…";
        return new IOException(
                file + " can't be read as a network of Deeplearning4j: " + shown.replaceAll("\\p{C}", " "), cause);
    }

    private static void requireKnown(ZipFile zip) throws IOException {
        Set<String> names = new HashSet<>();
        for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
            String name = all.nextElement().getName();
            boolean isKnown =
                    name.equals(Dl4j.CONFIGURATION) || name.equals(Dl4j.COEFFICIENTS) || STATES.contains(name);
            if (name.equals("preprocessor.bin") || name.equals("normalizer.bin")) {
                throw new IOException(
                        "it has " + name
                                + ", features prepared by Java serialisation, which flux4j never reads; save the network without it and prepare the features yourself");
            }
            if (!isKnown || !names.add(name)) {
                throw Fields.refused(
                        "the entries " + Dl4j.CONFIGURATION + ", " + Dl4j.COEFFICIENTS
                                + " and updaterState.bin alone, each once",
                        name);
            }
        }
    }

    private static ZipEntry entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it has no entry " + name + "; save the network with ModelSerializer.writeModel");
        }
        return entry;
    }

    private static Layer network(ZipFile zip) throws IOException {
        PlainLayers layers = PlainLayers.of(Configuration.read(configuration(zip)));
        ZipEntry coefficients = entry(zip, Dl4j.COEFFICIENTS);
        long bytes = (long) layers.count() * layers.type().width();
        if (bytes > ALWAYS_FINE && bytes / MOST_COMPRESSED > coefficients.getCompressedSize()) {
            throw Fields.refused(
                    "at least " + bytes / MOST_COMPRESSED + " compressed bytes for " + layers.count() + " parameters",
                    coefficients.getCompressedSize() + " bytes");
        }
        try (InputStream in = new BufferedInputStream(zip.getInputStream(coefficients))) {
            return layers.make(Coefficients.read(in, layers.count()));
        }
    }

    private static String configuration(ZipFile zip) throws IOException {
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry(zip, Dl4j.CONFIGURATION))) {
            bytes = in.readNBytes(LARGEST_CONFIGURATION + 1);
        }
        if (bytes.length > LARGEST_CONFIGURATION) {
            throw Fields.refused("at most " + LARGEST_CONFIGURATION + " bytes of configuration", "more");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("its configuration isn't text in UTF-8", e);
        }
    }
}
