package dev.aicore.discovery.server.dialect;

import dev.aicore.discovery.server.ServiceDiscovery;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole server in development, in the process of the test. */
final class DialectServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ConfigurableApplicationContext context;

    private DialectServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Response with its body as text, decompressed. */
    record Reply(int status, HttpHeaders headers, String body) {

        String type() {
            return headers.firstValue("Content-Type").orElse("");
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    static DialectServer start(Path dataDir, String... more) {
        return start(dataDir, 0, more);
    }

    static DialectServer start(Path dataDir, int port, String... more) {
        // A busy machine is no outage.
        var options = new ArrayList<>(List.of(
                "--service-discovery.server.port=" + port,
                "--service-discovery.data-dir=" + dataDir,
                "--service-discovery.database.postgres.acquire_timeout=10s",
                "--service-discovery.database.postgres.query_timeout=20s"));
        options.addAll(List.of(more));
        var application = ServiceDiscovery.application();
        application.addPrimarySources(List.of(WebFluxRequestCounter.class));
        return new DialectServer(application.run(options.toArray(String[]::new)));
    }

    /** Returns the number of requests that weren't answered on the hot path. */
    int webFluxRequests() {
        return context.getBean(WebFluxRequestCounter.class).requests.get();
    }

    /** Counts the requests that reach WebFlux. */
    static final class WebFluxRequestCounter implements WebFilter, Ordered {

        private final AtomicInteger requests = new AtomicInteger();

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            requests.incrementAndGet();
            return chain.filter(exchange);
        }

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }
    }

    String address() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", int.class);
    }

    Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Reply put(String path, String... headers) {
        return send("PUT", path, null, headers);
    }

    Reply delete(String path, String... headers) {
        return send("DELETE", path, null, headers);
    }

    Reply postJson(String path, String json, String... headers) {
        var all = new ArrayList<>(List.of("Content-Type", "application/json"));
        all.addAll(List.of(headers));
        return send("POST", path, json, all.toArray(String[]::new));
    }

    Reply send(String method, String path, @Nullable String body, String... headers) {
        return sendTo(address(), method, path, body, headers);
    }

    /** Sends a request to another server. */
    Reply sendTo(String address, String method, String path, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.headers(), text(response.headers(), response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(HttpHeaders headers, byte[] body) throws IOException {
        if (!headers.firstValue("Content-Encoding").orElse("").equals("gzip")) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
