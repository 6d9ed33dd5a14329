package dev.aicore.discovery.server.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.access.Permission;
import dev.aicore.discovery.access.RoutePermission;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.ClusterSettings;
import dev.aicore.discovery.config.settings.TlsSettings;
import dev.aicore.discovery.config.time.TimeSource.SystemTimeSource;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import dev.aicore.discovery.web.IncompleteBodyLimit;
import dev.aicore.discovery.web.RelayMark;
import dev.aicore.discovery.web.ResponseWriter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableChannel;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Relays to a server that is none of the registry's, which answers, refuses, or doesn't answer. */
class HttpOwnerRelayTest {

    private static final String SECRET = "the secret of the owner";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final RoutePermission REGISTRATION =
            new RoutePermission(HttpMethod.POST, "/api/v1/services", Permission.INSTANCE_WRITE);
    private static final RoutePermission HEARTBEAT =
            new RoutePermission(HttpMethod.POST, "/api/v1/heartbeats", Permission.INSTANCE_RENEW);

    private final AtomicBoolean isOwner = new AtomicBoolean();
    private final AtomicReference<@Nullable OwnerNode> owner = new AtomicReference<>();
    private final AtomicReference<Sinks.Empty<Void>> nextChange = new AtomicReference<>(Sinks.empty());
    private final AtomicInteger received = new AtomicInteger();
    private final List<String> tickets = new CopyOnWriteArrayList<>();
    private @Nullable DisposableServer peer;
    private @Nullable RelayClient client;
    private final MeterRegistry metrics = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        if (client != null) {
            client.close();
        }
        if (peer != null) {
            peer.disposeNow();
        }
    }

    @Test
    void relay_write_returnsAnswerOfOwner() {
        serve((request, response) -> request.receive()
                .aggregate()
                .asString()
                .flatMap(body -> response.status(201)
                        .header("Location", "/there")
                        .header("X-Request-Id", "of-the-owner")
                        .sendString(Mono.just(body + "!"))
                        .then()));

        var response = write(relay(settings(Duration.ZERO, 10)), post("/api/v1/services?x=1", "body"), REGISTRATION);

        assertThat(response.getStatusCode()).hasToString("201 CREATED");
        assertThat(response.getHeaders().getFirst("Location")).isEqualTo("/there");
        assertThat(response.getHeaders().getFirst("X-Request-Id")).isEqualTo("of-the-owner");
        assertThat(response.getBodyAsString().block()).isEqualTo("body!");
        assertThat(ended("answered")).isEqualTo(1);
        assertThat(held()).isZero();
        assertThat(tickets).hasSize(1);
        var ticket = Objects.requireNonNull(
                RelayTicket.verified(SECRET, "POST", "/api/v1/services?x=1", tickets.getFirst()));
        assertThat(ticket.address().getAddress().getHostAddress()).isEqualTo("203.0.113.7");
    }

    @Test
    void levelOfLogger_isNotRelayed() {
        var relay = relay(settings(Duration.ZERO, 10));

        assertThat(relay.isNeeded(new RoutePermission(HttpMethod.PUT, "/x", Permission.LOG_ADMIN)))
                .isFalse();
        assertThat(relay.isNeeded(REGISTRATION)).isTrue();
    }

    @Test
    void readThatOnlyTheOwnerCanAnswer_isRelayed() {
        var relay = relay(settings(Duration.ZERO, 10));

        assertThat(relay.isNeeded(new RoutePermission(
                        HttpMethod.GET, "/api/v1/admin/bridges/{bridge}/plan", Permission.BRIDGE_ADMIN)))
                .isTrue();
        assertThat(relay.isNeeded(
                        new RoutePermission(HttpMethod.GET, "/api/v1/admin/bridges", Permission.BRIDGE_ADMIN)))
                .isFalse();
    }

    /** A request that another node relayed is never relayed again. */
    @Test
    void relay_relayedRequest_isStandby() {
        serve((_, response) -> response.status(200).send());
        var relayed =
                post("/api/v1/services", "{}").mutate().headers(RelayMark::set).build();

        assertThat(refusal(relay(settings(PATIENCE, 10)), relayed, REGISTRATION).code())
                .isEqualTo(ErrorCode.STANDBY);
        assertThat(received).hasValue(0);
    }

    @Test
    void relay_noOwner_isStandbyAfterHoldTimeout() {
        var refusal = refusal(relay(settings(Duration.ofMillis(100), 10)), post("/x", "{}"), REGISTRATION);

        assertThat(refusal.code()).isEqualTo(ErrorCode.STANDBY);
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(ended("standby")).isEqualTo(1);
        assertThat(held()).isEqualTo(1);
    }

    @Test
    void relay_untilOwnerIsKnown_isHeld() {
        var answer = relay(settings(PATIENCE, 10)).relay(post("/x", "{}"), REGISTRATION, HttpOwnerRelayTest::noAnswer);
        var future = answer.toFuture();

        serve((_, response) -> response.status(200).send());

        assertThat(future.join().status()).isEqualTo("200");
    }

    @Test
    void relay_onceThisNodeOwns_isAnsweredHereWithItsBody() {
        var relay = relay(settings(PATIENCE, 10));
        var bodies = new CompletableFuture<String>();
        var future = relay.relay(
                        post("/x", "the body"),
                        REGISTRATION,
                        request -> request.getBody()
                                .next()
                                .map(buffer -> buffer.toString(StandardCharsets.UTF_8))
                                .doOnNext(bodies::complete)
                                .map(_ -> response -> response.setComplete()))
                .toFuture();

        isOwner.set(true);
        announceChange();

        assertThat(future.join()).isNotNull();
        assertThat(bodies).isCompletedWithValue("the body");
    }

    /** Nothing was done by a node that says so, so that the same write goes to its successor. */
    @Test
    void relay_toNodeThatDidNothing_isSentAgain() {
        serve((_, response) -> received.get() < 3
                ? response.status(503).header(RelayMark.HEADER, "nothing-done").send()
                : response.status(201).send());

        var response = write(relay(settings(PATIENCE, 10)), post("/x", "{}"), REGISTRATION);

        assertThat(response.getStatusCode()).hasToString("201 CREATED");
        assertThat(received).hasValue(3);
    }

    @Test
    void relay_refusedConnection_isSentAgain() {
        serve((_, response) -> response.status(201).send());
        var stopped = Objects.requireNonNull(peer);
        stopped.disposeNow();
        var future = relay(settings(PATIENCE, 10))
                .relay(post("/x", "{}"), REGISTRATION, HttpOwnerRelayTest::noAnswer)
                .toFuture();

        serveAt(stopped.port(), (_, response) -> response.status(201).send());

        assertThat(future.join().status()).isEqualTo("201");
    }

    /** The owner may have done it. A client must decide whether to send it again. */
    @Test
    void relay_writeWithLostAnswer_isUnknownAndSentOnce() {
        serve((request, _) -> {
            request.withConnection(DisposableChannel::dispose);
            return Mono.never();
        });

        var refusal = refusal(relay(settings(PATIENCE, 10)), post("/x", "{}"), REGISTRATION);

        assertThat(refusal.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(refusal.detail()).contains("unknown");
        assertThat(ended("store_unavailable")).isEqualTo(1);
        assertThat(held()).isZero();
        assertThat(received).hasValue(1);
    }

    @Test
    void relay_heartbeatWithLostAnswer_isSentAgain() {
        serve((request, response) -> {
            if (received.get() < 3) {
                request.withConnection(DisposableChannel::dispose);
                return Mono.never();
            }
            return response.status(200).send();
        });

        assertThat(write(relay(settings(PATIENCE, 10)), post("/x", "{}"), HEARTBEAT)
                        .getStatusCode())
                .hasToString("200 OK");
        assertThat(received).hasValue(3);
    }

    @Test
    void relay_writeWithIdempotencyKeyAndLostAnswer_isSentAgain() {
        serve((request, response) -> {
            if (received.get() < 2) {
                request.withConnection(DisposableChannel::dispose);
                return Mono.never();
            }
            return response.status(200).send();
        });
        var keyed = post("/x", "{}").mutate().header("Idempotency-Key", "once").build();

        assertThat(write(relay(settings(PATIENCE, 10)), keyed, REGISTRATION).getStatusCode())
                .hasToString("200 OK");
    }

    /** A paused owner answers nothing. Once another node owns the store, nothing is left to wait for. */
    @Test
    void relay_ownerReplacedBeforeItsAnswer_isUnknown() {
        serve((_, _) -> Mono.never());
        var future = relay(settings(PATIENCE, 10))
                .relay(post("/x", "{}"), REGISTRATION, HttpOwnerRelayTest::noAnswer)
                .toFuture();
        await().atMost(PATIENCE).until(() -> received.get() == 1);

        Objects.requireNonNull(owner.get()).lose();

        assertThat(future)
                .failsWithin(PATIENCE)
                .withThrowableThat()
                .withMessageContaining("whether it is stored is unknown");
    }

    @Test
    void relay_aboveNumberOfWrites_isOverloaded() {
        serve((_, _) -> Mono.never());
        var relay = relay(settings(PATIENCE, 1));
        var first = relay.relay(post("/x", "{}"), REGISTRATION, HttpOwnerRelayTest::noAnswer)
                .subscribe();
        await().atMost(PATIENCE).until(() -> received.get() == 1);
        assertThat(gauge("open")).isEqualTo(1);
        assertThat(gauge("open.size")).isEqualTo("{}".length());

        var refusal = refusal(relay, post("/x", "{}"), REGISTRATION);

        assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        first.dispose();
        assertThat(ended("overloaded")).isEqualTo(1);
        assertThat(ended("cancelled")).isEqualTo(1);
        assertThat(gauge("open")).isZero();
    }

    @Test
    void isNeeded_readsAndSignIns_areAnsweredHere() {
        var relay = relay(settings(PATIENCE, 1));

        assertThat(relay.isNeeded(REGISTRATION)).isTrue();
        assertThat(relay.isNeeded(new RoutePermission(HttpMethod.DELETE, "/s", Permission.TOKEN_ISSUE)))
                .isTrue();
        assertThat(relay.isNeeded(new RoutePermission(HttpMethod.GET, "/x", Permission.REGISTRY_READ)))
                .isFalse();
        assertThat(relay.isNeeded(new RoutePermission(HttpMethod.POST, "/t", Permission.TOKEN_ISSUE)))
                .isFalse();
        assertThat(relay.isNeeded(new RoutePermission(HttpMethod.POST, "/ui", Permission.UI_READ)))
                .isFalse();
        isOwner.set(true);
        assertThat(relay.isNeeded(REGISTRATION)).isFalse();
    }

    private HttpOwnerRelay relay(ClusterSettings settings) {
        var time = new SystemTimeSource();
        client = new RelayClient(
                settings,
                PATIENCE,
                new PeerTls(new TlsSettings(null, null, null, "optional", "service", Duration.ZERO)));
        return new HttpOwnerRelay(
                isOwner::get,
                () -> nextChange.get().asMono(),
                owner::get,
                client,
                new IncompleteBodyLimit(PATIENCE, 1_000_000, 1_000_000),
                settings,
                metrics,
                time);
    }

    private double held() {
        return metrics.get("service_discovery.relay.held").counter().count();
    }

    private double gauge(String name) {
        return metrics.get("service_discovery.relay." + name).gauge().value();
    }

    /** Returns the number of writes that ended with a result. */
    private long ended(String result) {
        return metrics.get("service_discovery.relay.duration")
                .tag("result", result)
                .timer()
                .count();
    }

    private static ClusterSettings settings(Duration holdTimeout, int maxRelayed) {
        return new ClusterSettings("", holdTimeout, PATIENCE, maxRelayed, DataSize.ofMegabytes(4));
    }

    private void serve(BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
        serveAt(0, handler);
        owner.set(new OwnerNode(new NodeAddress("peer", "http://127.0.0.1:" + peerPort(), SECRET, null)));
        announceChange();
    }

    private void announceChange() {
        nextChange.getAndSet(Sinks.empty()).tryEmitEmpty();
    }

    private void serveAt(int port, BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> handler) {
        peer = HttpServer.create()
                .host("127.0.0.1")
                .port(port)
                .handle((request, response) -> {
                    received.incrementAndGet();
                    tickets.add(String.valueOf(request.requestHeaders().get(RelayMark.HEADER)));
                    return handler.apply(request, response);
                })
                .bindNow();
    }

    private int peerPort() {
        return Objects.requireNonNull(peer).port();
    }

    private static ServerHttpRequest post(String path, String body) {
        return MockServerHttpRequest.post(path)
                .remoteAddress(new InetSocketAddress(InetAddress.ofLiteral("203.0.113.7"), 4711))
                .body(body);
    }

    private static MockServerHttpResponse write(
            HttpOwnerRelay relay, ServerHttpRequest request, RoutePermission route) {
        var response = new MockServerHttpResponse();
        relay.relay(request, route, HttpOwnerRelayTest::noAnswer)
                .flatMap(answer -> answer.to(response))
                .block(PATIENCE);
        return response;
    }

    private static RegistryException refusal(HttpOwnerRelay relay, ServerHttpRequest request, RoutePermission route) {
        return catchThrowableOfType(
                RegistryException.class,
                () -> relay.relay(request, route, HttpOwnerRelayTest::noAnswer).block(PATIENCE));
    }

    private static Mono<ResponseWriter> noAnswer(ServerHttpRequest request) {
        return Mono.error(new AssertionError("This node doesn't own the store: " + request.getURI()));
    }
}
