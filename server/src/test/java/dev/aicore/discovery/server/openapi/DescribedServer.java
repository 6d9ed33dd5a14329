package dev.aicore.discovery.server.openapi;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.aicore.discovery.server.ServiceDiscovery;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Running server, and the OpenAPI document that it serves. */
final class DescribedServer implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final ConfigurableApplicationContext context;
    private final String base;
    private final JsonNode document;
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<JsonNode, Schema> schemas = new HashMap<>();
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    DescribedServer(Path dataDirectory) throws Exception {
        context = ServiceDiscovery.application()
                .run("--service-discovery.server.port=0", "--service-discovery.data-dir=" + dataDirectory);
        base = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
        document = JSON.readTree(send("GET", "/openapi", null).body());
    }

    /** Response; of an event stream only its beginning. */
    record Reply(URI uri, int statusCode, HttpHeaders headers, String body) {

        boolean isJson() {
            return headers.firstValue("Content-Type").orElse("").startsWith("application/json");
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    JsonNode document() {
        return document;
    }

    List<DescribedOperation> operations() {
        return DescribedOperation.of(document);
    }

    /** Returns the violations of a schema of the document. */
    List<String> violations(JsonNode schema, JsonNode value) {
        return schemas
                .computeIfAbsent(schema, described -> {
                    var whole = (ObjectNode) described.deepCopy();
                    whole.set("components", document.path("components"));
                    return registry.getSchema(whole);
                })
                .validate(value)
                .stream()
                .map(Object::toString)
                .toList();
    }

    Reply send(String method, String address, @Nullable String body) throws Exception {
        return send(method, address, Map.of(), body);
    }

    Reply send(String method, String address, Map<String, String> headers, @Nullable String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + address)).timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        var answered = http.send(
                request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofInputStream());
        try (var said = answered.body()) {
            return new Reply(
                    answered.uri(),
                    answered.statusCode(),
                    answered.headers(),
                    isEventStream(answered) ? "" : new String(said.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        context.close();
    }

    private static boolean isEventStream(HttpResponse<?> answered) {
        return answered.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    }
}
