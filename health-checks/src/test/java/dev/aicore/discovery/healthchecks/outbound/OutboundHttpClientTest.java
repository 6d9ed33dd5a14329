package dev.aicore.discovery.healthchecks.outbound;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.healthchecks.outbound.OutboundRequest.Security;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.util.Map;
import java.util.Queue;
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
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle((request, response) -> {
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
    void request_belowConnectionLimit_permitsReuse() throws SSLException {
        assertThat(asked(100)).containsOnly("keep");
    }

    @Test
    void request_beyondConnectionLimit_closesConnection() throws SSLException {
        assertThat(asked(0)).containsOnly("close");
    }

    private Queue<String> asked(int mostOpen) throws SSLException {
        SslContext tls = SslContextBuilder.forClient().build();
        var http = new OutboundHttpClient(loops, tls, tls, mostOpen);
        var target = new AllowedAddress("127.0.0.1", InetAddress.getLoopbackAddress(), server.port());
        var request = new OutboundRequest(Security.PLAIN, "GET", "/", Map.of(), 0);
        for (int i = 0; i < 3; i++) {
            assertThat(requireNonNull(http.exchange(target, request).block()))
                    .isEqualTo(new OutboundResponse(204, true));
        }
        http.close().block();
        return asked;
    }
}
