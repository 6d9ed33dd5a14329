package dev.aicore.discovery.server.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends invalid requests, and compares their refusals with what is expected. */
final class InvalidRequestSender {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PATIENCE_MILLIS = 60_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    private InvalidRequestSender() {}

    /** Sends a request, and compares status, headers and members of its problem with the expected refusal. */
    static void assertRefused(int port, InvalidRequest invalidRequest) throws IOException {
        var answer = send(port, invalidRequest);
        var problem = JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
        var error = problem.at("/errors/0");
        System.out.printf(
                "| %s | %d | %s | %s | %s | %s |%n",
                invalidRequest,
                problem.path("status").asInt(),
                problem.path("code").asString(),
                error.path("field").asString(),
                brief(error.path("rejected_value")),
                brief(error.path("expected")));
        assertThat(answer).as(invalidRequest.name()).startsWith("HTTP/1.1 " + invalidRequest.status() + " ");
        assertThat(answer).as(invalidRequest.name()).containsIgnoringCase("content-type: application/problem+json");
        assertThat(problem.path("status").asInt()).as(invalidRequest.name()).isEqualTo(invalidRequest.status());
        assertThat(problem.path("code").asString()).as(invalidRequest.name()).isEqualTo(invalidRequest.code());
        assertThat(problem.path("request_id").asString())
                .as(invalidRequest.name())
                .isNotEmpty();
        assertThat(error.path("field").asString()).as(invalidRequest.name()).isEqualTo(invalidRequest.field());
        assertThat(error.path("rejected_value").asString(""))
                .as(invalidRequest.name())
                .contains(invalidRequest.rejected());
        assertThat(error.path("expected").asString(""))
                .as(invalidRequest.name())
                .contains(invalidRequest.expected());
    }

    /** Sends text over its own connection, and returns all that the server answers until it closes the connection. */
    static String answerTo(int port, String text) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static String brief(JsonNode value) {
        var text = value.asString("").replace("|", "\\|").replaceAll("\\p{Cntrl}", "?");
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /**
     * Sends a request byte by byte over its own connection, because HTTP clients would refuse to send some of these.
     */
    private static String send(int port, InvalidRequest invalidRequest) throws IOException {
        var request = new ByteArrayOutputStream();
        line(request, invalidRequest.head().getFirst() + " HTTP/1.1");
        for (var header : invalidRequest.head().subList(1, invalidRequest.head().size())) {
            line(request, header);
        }
        line(request, "Host: localhost");
        line(request, "Content-Length: " + invalidRequest.body().length());
        line(request, "");
        request.writeBytes(invalidRequest.body().getBytes(ISO_8859_1));
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.toByteArray());
            return answer(socket.getInputStream());
        }
    }

    /**
     * Reads one response. The server may keep the connection open, so that clients can finish sending a refused
     * request.
     */
    private static String answer(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The connection ended after: " + head);
            }
            head.append((char) next);
        }
        var length = LENGTH.matcher(head);
        assertThat(length.find()).as(head.toString()).isTrue();
        return head + new String(in.readNBytes(Integer.parseInt(length.group(1))), UTF_8);
    }

    private static void line(ByteArrayOutputStream request, String line) {
        request.writeBytes((line + "\r\n").getBytes(ISO_8859_1));
    }
}
