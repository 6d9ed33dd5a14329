package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Encoded requests, sent one after the other and then from the first again. Both generators send these bytes.
 *
 * @param all requests, at least one
 * @param mark text within the first 256 bytes of the body of every good answer; empty if the status suffices
 */
public record RequestCycle(List<byte[]> all, String mark) {

    private static final long SEED = 20_260_927;

    /** Creates a cycle whose answers are judged by their status. */
    public static RequestCycle of(List<byte[]> all) {
        return new RequestCycle(all, "");
    }

    /** Returns the requests in a pseudo-random order, the same each time. */
    public RequestCycle shuffled() {
        var order = new ArrayList<>(all);
        Collections.shuffle(order, new Random(SEED));
        return new RequestCycle(order, mark);
    }

    /**
     * Returns the requests with one more header each.
     *
     * @param headers at least one header, such as {@code X: y}, assigned to the requests in turn
     */
    public RequestCycle with(List<String> headers) {
        return new RequestCycle(
                IntStream.range(0, all.size())
                        .mapToObj(i -> withHeader(all.get(i), headers.get(i % headers.size())))
                        .toList(),
                mark);
    }

    /** Encodes a GET request for JSON. */
    public static byte[] get(String path) {
        return bytes("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n\r\n");
    }

    /**
     * Encodes a request with an optional body.
     *
     * @param method method such as POST
     * @param json body in ASCII; empty for none
     */
    public static byte[] send(String method, String path, String json) {
        var type = json.isEmpty() ? "" : "Content-Type: application/json\r\n";
        return bytes("%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(method, path, type, json.length(), json));
    }

    private static byte[] withHeader(byte[] request, String header) {
        var text = new String(request, US_ASCII);
        int line = text.indexOf("\r\n") + 2;
        return bytes(text.substring(0, line) + header + "\r\n" + text.substring(line));
    }

    private static byte[] bytes(String request) {
        return request.getBytes(US_ASCII);
    }
}
