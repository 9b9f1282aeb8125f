package org.keptnative.e2e;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Sends bytes that no HTTP client would send, and reads the whole answer. */
public record RawRequest(String answer) {

    public static RawRequest send(URI server, String request) throws IOException {
        return send(server, request, null);
    }

    /**
     * Sends from one of the addresses of this machine.
     *
     * @param from null for whichever
     */
    public static RawRequest send(URI server, String request, InetAddress from) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(server.getHost(), server.getPort(), from, 0)) {
            socket.setSoTimeout(10_000);
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                socket.getInputStream().transferTo(answer);
            } catch (SocketException reset) {
                // The server need not read to the end what it refuses; what it has answered counts.
            }
        }
        return new RawRequest(answer.toString(StandardCharsets.UTF_8));
    }

    /** A GET whose path goes into the request line as it stands. */
    static RawRequest get(URI server, String path, String... headers) throws IOException {
        return send(
                server,
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + String.join(
                                "",
                                Arrays.stream(headers)
                                        .map(header -> header + "\r\n")
                                        .toList())
                        + "\r\n");
    }

    public int status() {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    public String body() {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
}
