package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.config.settings.ClusterSettings;
import dev.aicore.discovery.config.telemetry.RequestTracer;
import dev.aicore.discovery.config.telemetry.TraceContext;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import dev.aicore.discovery.web.RelayMark;
import dev.aicore.discovery.web.RequestIdFilter;
import io.micrometer.tracing.Span.Kind;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.resources.ConnectionProvider;

/** Sends requests to other nodes, over connections that stay open. */
final class RelayClient implements AutoCloseable {

    /** Headers that concern one connection only, and those that this client sets itself. */
    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "http2-settings",
            "expect",
            RelayMark.HEADER.toLowerCase(Locale.ROOT));

    /** Begin of the headers that Netty adds to requests over HTTP/2. */
    private static final String OF_HTTP_2 = "x-http2-";

    private static final String SPAN = "relay";
    private static final int MAX_CONNECTIONS = 256;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration MAX_IDLE = Duration.ofSeconds(10);

    private final ConnectionProvider connections;
    private final HttpClient plain;
    private final PeerTls peerTls;
    private volatile @Nullable PeerClient peerClient;

    /**
     * Creates a client.
     *
     * @param idleTimeout time after which the receivers close connections; connections are closed here long before, so
     *     that no request is sent on a connection that ends
     */
    RelayClient(ClusterSettings settings, Duration idleTimeout, PeerTls peerTls) {
        this.peerTls = peerTls;
        connections = ConnectionProvider.builder("relay")
                .maxConnections(MAX_CONNECTIONS)
                .pendingAcquireMaxCount(settings.maxRelayed())
                .pendingAcquireTimeout(settings.relayTimeout())
                .maxIdleTime(Collections.min(List.of(MAX_IDLE, idleTimeout.dividedBy(2))))
                .build();
        // Without Reactor's own retry, which would repeat a write whose answer was lost.
        plain = HttpClient.create(connections)
                .disableRetry(true)
                .responseTimeout(settings.relayTimeout())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis());
    }

    /** Client of one process. */
    private record PeerClient(NodeAddress peer, HttpClient client) {}

    /**
     * Sends a request with its body and the ticket of its caller.
     *
     * @param onSend runs before the first byte is sent; if it didn't, a failure means that nothing was done
     */
    Mono<RelayedResponse> send(NodeAddress peer, ServerHttpRequest request, byte[] body, Runnable onSend) {
        var parent = RequestTracer.confirmedOf(request);
        return parent == null
                ? send(peer, request, body, onSend, null)
                : Mono.defer(() -> {
                    var span = parent.child(SPAN, Kind.CLIENT);
                    return send(peer, request, body, onSend, span.context())
                            .doOnError(span::fail)
                            .doOnTerminate(span::end)
                            .doOnCancel(span::end);
                });
    }

    /** @param trace position of the attempt in the trace of the request; null if it isn't recorded */
    private Mono<RelayedResponse> send(
            NodeAddress peer, ServerHttpRequest request, byte[] body, Runnable onSend, @Nullable TraceContext trace) {
        var path = path(request);
        var method = request.getMethod().name();
        var ticket = RelayTicket.of(request).issue(peer.proof(), method, path);
        return client(peer)
                .headers(headers -> {
                    request.getHeaders().forEach((name, values) -> copy(headers, name, values));
                    headers.set(RelayMark.HEADER, ticket);
                    headers.set(RequestIdFilter.HEADER, RequestIdFilter.of(request));
                    headers.set(HttpHeaderNames.CONTENT_LENGTH, body.length);
                    if (trace != null) {
                        headers.set(TraceContext.HEADER, trace.traceParent());
                    }
                })
                .doOnRequest((sent, _) -> {
                    removeDefaults(request, sent);
                    onSend.run();
                })
                .request(HttpMethod.valueOf(method))
                .uri(URI.create(peer.address() + path))
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseSingle((response, content) -> content.asByteArray()
                        .defaultIfEmpty(new byte[0])
                        .map(bytes ->
                                new RelayedResponse(response.status().code(), response.responseHeaders(), bytes)));
    }

    /** Returns the path of a request with its query, as it was sent. */
    static String path(ServerHttpRequest request) {
        var uri = request.getURI();
        return uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    }

    /** Returns true if a header is passed on to the other connection. */
    static boolean isPassedOn(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return !OF_CONNECTION.contains(lower) && !lower.startsWith(OF_HTTP_2);
    }

    @Override
    public void close() {
        connections.dispose();
    }

    private HttpClient client(NodeAddress peer) {
        var known = peerClient;
        if (known == null || !known.peer().equals(peer)) {
            known = new PeerClient(peer, peerTls.secured(plain, peer));
            peerClient = known;
        }
        return known.client();
    }

    private static void copy(HttpHeaders headers, String name, List<String> values) {
        if (isPassedOn(name)) {
            headers.set(name, values);
        }
    }

    /** Removes the headers that the client adds to a request without them: routes may depend on their absence. */
    private static void removeDefaults(ServerHttpRequest request, HttpClientRequest sent) {
        for (var name : List.of(HttpHeaderNames.ACCEPT, HttpHeaderNames.USER_AGENT)) {
            if (!request.getHeaders().containsHeader(name.toString())) {
                sent.requestHeaders().remove(name);
            }
        }
    }
}
