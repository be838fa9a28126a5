package io.github.flux4j.serve;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A request whose body comes in two parts. */
public final class HalfRequest {

    private static final String HEAD = """
            POST /predict HTTP/1.1
            Host: localhost
            Content-Type: application/json
            Content-Length: 6
            Expect: 100-continue

            """;

    private HalfRequest() {}

    /** Sends the first part, and waits until a thread waits for the other: the server has told to continue, and had a moment to. */
    public static void begin(Socket socket, String body) throws IOException, InterruptedException {
        socket.getOutputStream().write(HEAD.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        StringBuilder told = new StringBuilder();
        while (told.indexOf("\r\n\r\n") < 0) {
            int letter = socket.getInputStream().read();
            if (letter < 0) {
                throw new IOException("expected to be told to continue, but the server has gone");
            }
            told.append((char) letter);
        }
        if (!told.toString().startsWith("HTTP/1.1 100 ")) {
            throw new IOException("expected to be told to continue, but was told " + told);
        }
        socket.getOutputStream().write(body.getBytes(StandardCharsets.US_ASCII));
        Thread.sleep(100);
    }
}
