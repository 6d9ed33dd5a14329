package dev.aicore.discovery.healthchecks.outbound;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.AttributeKey;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.util.retry.Retry;

/**
 * Sends HTTP/1.1 requests to checked addresses. Keeps connections and reuses them for the same host, address and port,
 * up to {@link #MAX_OPEN} in all; beyond that, a connection serves one request. Follows no redirect, decompresses
 * nothing and uses no proxy.
 */
public final class OutboundHttpClient {

    /** Number of open connections from which on requests carry {@code Connection: close}. */
    static final int MAX_OPEN = 2_048;

    /** Longer than the usual interval between two checks, so that most checks reuse a connection. */
    static final Duration IDLE_TIMEOUT = Duration.ofSeconds(75);

    private static final Duration MAX_LIFETIME = Duration.ofMinutes(10);
    private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(15);
    private static final int MAX_PER_TARGET = 16;
    private static final int MAX_WAITING_PER_TARGET = 256;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MAX_LINE = 4 * 1024;
    private static final AttributeKey<Boolean> USED = AttributeKey.valueOf(OutboundHttpClient.class, "used");

    private final ConnectionProvider pool;
    private final Map<OutboundRequest.Security, HttpClient> clients = new EnumMap<>(OutboundRequest.Security.class);
    private final int maxOpen;
    private final AtomicInteger open = new AtomicInteger();

    OutboundHttpClient(LoopResources loops, SslContext verified, SslContext unverified) {
        this(loops, verified, unverified, MAX_OPEN);
    }

    OutboundHttpClient(LoopResources loops, SslContext verified, SslContext unverified, int maxOpen) {
        this.maxOpen = maxOpen;
        this.pool = pool();
        var plain = client(pool, loops);
        clients.put(OutboundRequest.Security.PLAIN, plain);
        clients.put(OutboundRequest.Security.VERIFIED, secure(plain, verified));
        clients.put(OutboundRequest.Security.UNVERIFIED, secure(plain, unverified));
    }

    /**
     * Sends a request. Sends it again if the server closes a pooled connection instead of answering, which may happen
     * at any time. Cancelling drops the connection; a connection that is still being opened ends by its own timeout.
     *
     * @return never empty; fails with {@link OutboundException}
     */
    public Mono<OutboundResponse> exchange(AllowedAddress target, OutboundRequest request) {
        return Mono.defer(() -> {
            var reusedWithoutResponse = new AtomicBoolean();
            return exchangeOnce(target, request, reusedWithoutResponse)
                    // Each attempt uses up a pooled connection, so the last attempt opens a new one.
                    .retryWhen(Retry.indefinitely()
                            .filter(failure -> reusedWithoutResponse.getAndSet(false) && isReset(failure)));
        });
    }

    /**
     * Sends a request once.
     *
     * @param reusedWithoutResponse set to true while the request waits for its response on a connection that has served
     *     a request before
     */
    private Mono<OutboundResponse> exchangeOnce(
            AllowedAddress target, OutboundRequest request, AtomicBoolean reusedWithoutResponse) {
        return Objects.requireNonNull(clients.get(request.security()))
                .remoteAddress(target::socketAddress)
                .headers(headers -> write(headers, target, request))
                .doOnRequest((sent, connection) -> reusedWithoutResponse.set(wasUsed(connection.channel())))
                .request(HttpMethod.valueOf(request.method()))
                .uri(request.path())
                .response((response, body) -> {
                    reusedWithoutResponse.set(false);
                    return size(body.map(ByteBuf::readableBytes), request.mostBytes())
                            .map(whole -> new OutboundResponse(response.status().code(), whole));
                })
                .single()
                .onErrorMap(ConnectionFailureClassifier::classify);
    }

    Mono<Void> close() {
        return pool.disposeLater();
    }

    private HttpClient client(ConnectionProvider pool, LoopResources loops) {
        return HttpClient.create(pool)
                .runOn(loops)
                .protocol(HttpProtocol.HTTP11)
                .followRedirect(false)
                // Leaves an unresolved address unresolved, so that it can't be connected to.
                .resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) OutboundTcpClient.CONNECT_TIMEOUT.toMillis())
                .httpResponseDecoder(
                        decoder -> decoder.maxInitialLineLength(MAX_LINE).maxHeaderSize(MAX_HEADER_BYTES))
                .doOnChannelInit((observer, channel, remote) -> {
                    open.incrementAndGet();
                    channel.closeFuture().addListener(closed -> open.decrementAndGet());
                });
    }

    private static boolean wasUsed(Channel channel) {
        return channel.attr(USED).getAndSet(true) != null;
    }

    private static boolean isReset(Throwable failure) {
        return failure instanceof OutboundException exception && exception.kind() == OutboundException.Kind.RESET;
    }

    private static HttpClient secure(HttpClient plain, SslContext context) {
        return plain.secure(tls -> tls.sslContext(context).handshakeTimeout(OutboundTcpClient.CONNECT_TIMEOUT));
    }

    private void write(HttpHeaders headers, AllowedAddress target, OutboundRequest request) {
        request.headers().forEach(headers::set);
        if (!headers.contains(HttpHeaderNames.HOST)) {
            headers.set(HttpHeaderNames.HOST, target.authority());
        }
        if (!headers.contains(HttpHeaderNames.USER_AGENT)) {
            headers.set(HttpHeaderNames.USER_AGENT, "service-discovery");
        }
        if (open.get() >= maxOpen) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        if (request.method().equals("POST") || request.method().equals("PUT")) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, 0);
        }
    }

    /**
     * Returns whether the body ends within the bound, in bytes. Stops reading beyond it, which closes the connection.
     */
    private static Mono<Boolean> size(Flux<Integer> parts, int bound) {
        return parts.scan(0L, Long::sum)
                .takeUntil(read -> exceeds(read, bound))
                .last(0L)
                .map(read -> !exceeds(read, bound));
    }

    private static boolean exceeds(long read, int bound) {
        return read > bound;
    }

    private static ConnectionProvider pool() {
        return ConnectionProvider.builder("outbound")
                .maxConnections(MAX_PER_TARGET)
                .pendingAcquireMaxCount(MAX_WAITING_PER_TARGET)
                .maxIdleTime(IDLE_TIMEOUT)
                .maxLifeTime(MAX_LIFETIME)
                .evictInBackground(EVICTION_INTERVAL)
                .disposeInactivePoolsInBackground(EVICTION_INTERVAL, IDLE_TIMEOUT)
                .lifo()
                .build();
    }

    /**
     * The part of a response that checks need.
     *
     * @param status HTTP status, 100 to 999
     * @param whole whether the body ended within the maximum number of bytes; otherwise the connection was dropped
     */
    public record OutboundResponse(int status, boolean whole) {}
}
