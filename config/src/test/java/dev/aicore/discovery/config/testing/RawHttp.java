package dev.aicore.discovery.config.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Says to a server exactly what it is told to, which no decent HTTP client would, and hears everything up to the end. */
public final class RawHttp {
    private RawHttp() {}

    /** All that comes back until the server closes. */
    public static String send(int port, String... lines) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            String request = String.join("\r\n", lines) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("no answer to " + lines[0], e);
        }
    }
}
