package dev.aicore.discovery.server.system;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Collector that receives spans over OTLP. Reads the protocol buffers by the numbers of their fields. */
final class OtlpReceiver implements AutoCloseable {

    private static final int RESOURCE_SPANS = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;

    private final HttpServer server;
    private final Queue<Received> spans = new ConcurrentLinkedQueue<>();

    OtlpReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            read(UnknownFieldSet.parseFrom(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    /**
     * Span as it was received; ids in hexadecimal digits.
     *
     * @param parentId empty for the first span of a trace
     * @param links ids of the spans that it has links to
     */
    record Received(
            String traceId,
            String spanId,
            String parentId,
            String name,
            Map<String, String> attributes,
            List<String> links) {

        boolean isStatement() {
            return attributes.containsKey("db.system.name");
        }
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** Returns the spans of a trace in the order of their end. */
    List<Received> of(String traceId) {
        return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
    }

    List<Received> all() {
        return List.copyOf(spans);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void read(UnknownFieldSet request) throws IOException {
        for (var resource : messages(request, RESOURCE_SPANS)) {
            for (var scope : messages(resource, SCOPE_SPANS)) {
                for (var span : messages(scope, SPANS)) {
                    spans.add(span(span));
                }
            }
        }
    }

    private static Received span(UnknownFieldSet span) throws IOException {
        var attributes = new HashMap<String, String>();
        for (var attribute : messages(span, 9)) {
            attributes.put(text(attribute, 1), value(messages(attribute, 2).getFirst()));
        }
        return new Received(
                id(span, 1),
                id(span, 2),
                id(span, 4),
                text(span, 5),
                attributes,
                messages(span, 13).stream().map(link -> id(link, 2)).toList());
    }

    private static String value(UnknownFieldSet value) {
        return value.hasField(1)
                ? text(value, 1)
                : value.getField(3).getVarintList().toString();
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) throws IOException {
        var found = new ArrayList<UnknownFieldSet>();
        for (var bytes : message.getField(field).getLengthDelimitedList()) {
            found.add(UnknownFieldSet.parseFrom(bytes));
        }
        return found;
    }

    private static String text(UnknownFieldSet message, int field) {
        return bytes(message, field).toStringUtf8();
    }

    private static String id(UnknownFieldSet message, int field) {
        return HexFormat.of().formatHex(bytes(message, field).toByteArray());
    }

    private static ByteString bytes(UnknownFieldSet message, int field) {
        var values = message.getField(field).getLengthDelimitedList();
        return values.isEmpty() ? ByteString.EMPTY : values.getLast();
    }
}
