package dev.aicore.discovery.access;

import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.config.testing.RawHttpClient;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.SerializedResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Server outside development, with one route on the hot path and one in WebFlux. */
abstract class TokenServerFixture {

    static final String SECRET = "q8Jv2sT0xkL5mN7pR9wY1zB3dF6hG4cA";
    static final byte[] KEY = SECRET.getBytes(StandardCharsets.UTF_8);
    static final List<String> PATHS = List.of(TestHotRoute.PATH, "/things/caller");

    static ConfigurableApplicationContext server;
    static int port;

    /** Adds a route of the hot path. */
    @Configuration(proxyBeanMethods = false)
    static class Hot {
        @Bean
        HotRoute hot() {
            return new TestHotRoute(caller -> Mono.just(SerializedResponse.of(ApiResponse.of(caller, TestServer.AT))));
        }
    }

    @BeforeAll
    static void start() {
        server = TestServer.on("127.0.0.1", Hot.class)
                .run(
                        "--service-discovery.environment=production",
                        "--service-discovery.auth.login.max-failures=1000000",
                        "--service-discovery.auth.jwt.secret=" + SECRET);
        port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static String ask(String path, List<String> headers) {
        var lines = new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close"));
        lines.addAll(headers);
        return RawHttpClient.send(port, lines.toArray(String[]::new));
    }

    static List<String> bearer(String token) {
        return List.of("Authorization: Bearer " + token);
    }

    static String lasting(long until, String more) {
        return "{\"sub\":\"ann\",\"role\":\"admin\",\"exp\":" + until + more + "}";
    }

    static String claims(String more) {
        var exp = Instant.now().getEpochSecond() + 600;
        return "{\"sub\":\"ann\",\"exp\":" + exp + (more.isEmpty() ? "" : "," + more) + "}";
    }
}
