package dev.aicore.discovery.config.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Says to a server exactly what it is told to, which no decent HTTP client would, and hears everything up to the end. */
public final class RawHttpClient {
    private RawHttpClient() {}

    /** All that comes back until the server closes. */
    public static String send(int port, String... lines) {
        return send(port, InputStream::readAllBytes, lines);
    }

    /** What comes back up to such an end: of what has none itself. */
    public static String sendAndHear(int port, String last, String... lines) {
        return send(port, in -> upTo(last, in), lines);
    }

    private interface Hearing {
        byte[] of(InputStream in) throws IOException;
    }

    private static byte[] upTo(String last, InputStream in) throws IOException {
        var heard = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            heard.write(next);
            if (heard.toString(StandardCharsets.UTF_8).endsWith(last)) {
                break;
            }
        }
        return heard.toByteArray();
    }

    private static String send(int port, Hearing hearing, String... lines) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            String request = String.join("\r\n", lines) + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(hearing.of(socket.getInputStream()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("no answer to " + lines[0], e);
        }
    }
}
