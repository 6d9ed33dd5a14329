package dev.aicore.discovery.access;

import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.SerializedResponse;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves the same large answer on the hot path and in WebFlux of a {@link TestServer}, and tracks its connections. */
@RestController
@Configuration(proxyBeanMethods = false)
class LargeResponseController {

    static final String PATH = "/things/large";

    /** Far more than sockets and the windows of HTTP/2 clients hold. */
    private static final int LENGTH = 24 * 1024 * 1024;

    private static final Set<Channel> CONNECTIONS = ConcurrentHashMap.newKeySet();
    private static final Set<Channel> STREAMS = ConcurrentHashMap.newKeySet();

    static boolean isConnected(Socket caller) {
        return CONNECTIONS.stream()
                .map(connection -> (InetSocketAddress) connection.remoteAddress())
                .anyMatch(address -> address.getPort() == caller.getLocalPort());
    }

    @Bean
    NettyServerCustomizer connections() {
        return server -> server.doOnChannelInit((_, channel, _) -> follow(channel, CONNECTIONS))
                .doOnConnection(request -> {
                    if (request.channel() instanceof Http2StreamChannel stream) {
                        follow(stream, STREAMS);
                    }
                });
    }

    private static void follow(Channel channel, Set<Channel> open) {
        if (open.add(channel)) {
            ChannelFuture _ = channel.closeFuture().addListener(_ -> open.remove(channel));
        }
    }

    /** Returns the number of HTTP/2 requests in progress. */
    static int streams() {
        return STREAMS.size();
    }

    /** Answers immediately; with a delay if the request has a reason. */
    @Bean
    HotRoute hot() {
        return new TestHotRoute(caller -> caller.reason() == null
                ? Mono.just(large())
                : Mono.delay(Duration.ofMillis(1)).map(_ -> large()));
    }

    @GetMapping(PATH)
    ResponseEntity<byte[]> plain() {
        return large().respond();
    }

    private static SerializedResponse large() {
        return new SerializedResponse(
                List.of(new byte[LENGTH]), ApiResponse.of("", TestServer.AT).meta());
    }
}
