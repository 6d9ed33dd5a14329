package dev.aicore.discovery.healthchecks.outbound;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.healthchecks.outbound.OutboundHttpClient.OutboundResponse;
import dev.aicore.discovery.healthchecks.outbound.OutboundRequest.Security;
import io.netty.channel.ChannelId;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

class OutboundHttpClientTest {

    private final LoopResources loops = LoopResources.create("outbound", 1, true);
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Set<ChannelId> connections = ConcurrentHashMap.newKeySet();
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> {
                request.withConnection(
                        connection -> connections.add(connection.channel().id()));
                asked.add(request.requestHeaders().get(HttpHeaderNames.CONNECTION, "keep"));
                return response.status(204).send();
            })
            .bindNow();

    @AfterEach
    void close() {
        server.disposeNow();
        loops.dispose();
    }

    @Test
    void connection_belowLimit_isReused() throws SSLException {
        var http = client(100);
        // A connection is released shortly after its response is delivered.
        await().until(() -> {
            exchange(http);
            return connections.size() < asked.size();
        });
        assertThat(asked).containsOnly("keep");
        http.close().block();
    }

    @Test
    void connection_beyondLimit_servesOneRequest() throws SSLException {
        var http = client(0);
        for (int i = 0; i < 3; i++) {
            exchange(http);
        }
        assertThat(asked).containsOnly("close");
        assertThat(connections).hasSize(3);
        http.close().block();
    }

    private OutboundHttpClient client(int maxOpen) throws SSLException {
        SslContext tls = SslContextBuilder.forClient().build();
        return new OutboundHttpClient(loops, tls, tls, maxOpen);
    }

    private void exchange(OutboundHttpClient http) {
        var target = new AllowedAddress("127.0.0.1", InetAddress.getLoopbackAddress(), server.port());
        var request = new OutboundRequest(Security.PLAIN, "GET", "/", Map.of(), 0);
        assertThat(requireNonNull(http.exchange(target, request).block())).isEqualTo(new OutboundResponse(204, true));
    }
}
