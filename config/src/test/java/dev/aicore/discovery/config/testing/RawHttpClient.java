package dev.aicore.discovery.config.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends exactly the given lines to a server, including invalid ones, and reads the raw response. */
public final class RawHttpClient {
    private RawHttpClient() {}

    /** Returns all bytes up to the end of the connection. */
    public static String send(int port, String... lines) {
        return send(port, InputStream::readAllBytes, lines);
    }

    /** Returns the bytes up to the given end, for a response that doesn't end. */
    public static String sendAndReadUntil(int port, String last, String... lines) {
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
