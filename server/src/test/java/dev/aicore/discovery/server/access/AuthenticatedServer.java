package dev.aicore.discovery.server.access;

import dev.aicore.discovery.config.testing.TestTokenBuilder;
import dev.aicore.discovery.server.ServiceDiscovery;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole server outside development, where every caller must authenticate. */
final class AuthenticatedServer implements AutoCloseable {

    static final String SECRET = "q8Jv2sT0xkL5mN7pR9wY1zB3dF6hG4cA";

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ConfigurableApplicationContext context;

    private AuthenticatedServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Response.
     *
     * @param body an empty node for a stream, and for a body that isn't JSON
     */
    record Reply(int status, HttpHeaders headers, JsonNode body) {
        String code() {
            return body.at("/code").asString("");
        }
    }

    static AuthenticatedServer start(Path dataDir, String... more) {
        var options = new ArrayList<>(List.of(
                "--service-discovery.server.port=0",
                "--service-discovery.environment=production",
                "--service-discovery.auth.jwt.secret=" + SECRET,
                "--service-discovery.auth.login.max-failures=1000000",
                "--service-discovery.data-dir=" + dataDir));
        for (var option : more) {
            var name = option.substring(0, option.indexOf('=') + 1);
            options.removeIf(usual -> usual.startsWith(name));
            options.add(option);
        }
        return new AuthenticatedServer(ServiceDiscovery.application().run(options.toArray(String[]::new)));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Object bean(String name) {
        return context.getBean(name);
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", int.class);
    }

    /** Returns an authorization header of a subject with a role. */
    static String token(String subject, String role) {
        return "Bearer "
                + TestTokenBuilder.hs256(
                        "{\"sub\":\"%s\",\"roles\":[\"%s\"],\"exp\":%d}"
                                .formatted(subject, role, Instant.now().getEpochSecond() + 3_600),
                        SECRET);
    }

    Reply send(String method, String path, @Nullable String authorization, @Nullable String json, String... headers)
            throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(30));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        var publisher = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        try {
            var answered = http.send(request.method(method, publisher).build(), BodyHandlers.ofInputStream());
            try (var said = answered.body()) {
                return new Reply(answered.statusCode(), answered.headers(), read(answered.headers(), said));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Starts an event stream; the future completes when the stream has ended, normally or not. */
    CompletableFuture<Void> stream(String path, String authorization) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .header("Authorization", authorization)
                .header("Accept", "text/event-stream")
                .build();
        try {
            var answered = http.send(request, BodyHandlers.ofInputStream());
            if (answered.statusCode() != 200) {
                throw new IOException(path + " is answered " + answered.statusCode());
            }
            return CompletableFuture.runAsync(() -> toItsEnd(answered.body()), Thread::startVirtualThread);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void toItsEnd(InputStream events) {
        try (events) {
            events.transferTo(OutputStream.nullOutputStream());
        } catch (IOException brokenOff) {
            // A broken connection ends the stream, too.
        }
    }

    /** Returns all lines of a response in lines. */
    List<String> lines(String path, String authorization) throws IOException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", authorization)
                .header("Accept", "application/x-ndjson")
                .build();
        try {
            return http.send(request, BodyHandlers.ofLines()).body().toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static JsonNode read(HttpHeaders headers, InputStream said) throws IOException {
        var type = headers.firstValue("Content-Type").orElse("");
        return type.contains("json") && !type.contains("ndjson")
                ? JSON.readTree(new String(said.readAllBytes(), StandardCharsets.UTF_8))
                : JSON.createObjectNode();
    }

    @Override
    public void close() {
        context.close();
    }
}
