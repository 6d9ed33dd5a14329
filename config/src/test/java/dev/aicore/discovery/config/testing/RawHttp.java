package dev.aicore.discovery.config.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Says to a server exactly what it is told to, which no decent HTTP client would, and hears everything up to the end. */
public final class RawHttp {
    private RawHttp() {}

    /** All that comes back until the server closes. */
    public static String send(int port, String... lines) {
        return send(port, InputStream::readAllBytes, lines);
    }

    /** What comes back until that is in it: of what has no end. */
    public static String sendAndHear(int port, String last, String... lines) {
        return send(port, in -> upTo(last.getBytes(StandardCharsets.UTF_8), in), lines);
    }

    private interface Hearing {
        byte[] of(InputStream in) throws IOException;
    }

    private static byte[] upTo(byte[] last, InputStream in) throws IOException {
        var heard = new ByteArrayOutputStream();
        var end = new String(last, StandardCharsets.ISO_8859_1);
        while (!heard.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            heard.write(next);
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
