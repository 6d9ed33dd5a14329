package dev.aicore.discovery.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.server.ServiceDiscovery;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares the description of the API with the running server. */
@Tag("integration")
class ApiDocumentTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path directory;

    private static ConfigurableApplicationContext server;
    private static String base;
    private static JsonNode document;

    private final HttpClient http = client();

    /** Response; of a stream only its beginning. */
    private record Reply(URI uri, int statusCode, HttpHeaders headers, String body) {}

    @BeforeAll
    static void start() throws Exception {
        server = ServiceDiscovery.application()
                .run("--service-discovery.server.port=0", "--service-discovery.data-dir=" + directory.resolve("data"));
        base = "http://127.0.0.1:" + server.getEnvironment().getRequiredProperty("local.server.port");
        document = JSON.readTree(send(client(), "GET", "/openapi", null).body());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Operation of the document. */
    private record Operation(String method, String path, JsonNode said) {
        String route() {
            return method + " " + path;
        }

        /**
         * Returns the order of an operation: registrations first, so that the others find their objects; changes after
         * reads.
         */
        int order() {
            return switch (method) {
                case "POST" -> path.equals("/api/v1/services") || path.equals("/api/v1/admin/api-keys") ? 0 : 2;
                case "GET" -> 1;
                case "DELETE" -> 3;
                default -> 2;
            };
        }
    }

    @Test
    void describedRoutes_matchMappedRoutes() {
        var routes = server.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        Set<String> mapped = new TreeSet<>();
        routes.getHandlerMethods().forEach((route, handler) -> {
            var routePackage = handler.getBeanType().getPackageName();
            // The protocols of other registries are described by these registries, and in docs/dialects.md.
            if (!routePackage.startsWith("org.springdoc") && !routePackage.startsWith("dev.aicore.discovery.dialect")) {
                route.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> route.getPatternsCondition()
                                .getPatterns()
                                .forEach(pattern -> mapped.add(method + " " + pattern.getPatternString())));
            }
        });

        Set<String> described =
                new TreeSet<>(operations().stream().map(Operation::route).toList());
        assertThat(described).isEqualTo(mapped).contains("POST /api/v1/services", "GET /metrics", "GET /health");
    }

    @Test
    void describedRequests_areAnsweredAsDescribed() throws Exception {
        var operations = operations();
        operations.sort(Comparator.comparingInt(Operation::order));
        String position = "";
        for (var operation : operations) {
            var reply = send(http, operation.method(), address(operation, position), body(operation));
            var described = operation.said().path("responses");
            assertThat(described.propertyNames())
                    .as("documented responses of %s, which answered %s", operation.route(), reply.body())
                    .contains(Integer.toString(reply.statusCode()));
            if (reply.statusCode() < 300 && isJson(reply)) {
                var example = example(described.path(Integer.toString(reply.statusCode())));
                assertThat(missing("", example, JSON.readTree(reply.body())))
                        .as("fields of the example of %s that are missing in the response", operation.route())
                        .isEmpty();
            }
            if (operation.order() == 0) {
                assertThat(reply.statusCode()).isEqualTo(201);
                position = JSON.readTree(reply.body()).at("/meta/position").asString();
            }
        }
    }

    @Test
    void describedRoutes_declare401And403And429() {
        assertThat(operations())
                .allSatisfy(operation -> assertThat(
                                operation.said().path("responses").propertyNames())
                        .as(operation.route())
                        .contains("401", "403", "429"));
    }

    @Test
    void references_areResolvable() {
        assertThat(document.findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void document_isServedAsYaml() throws Exception {
        assertThat(send(http, "GET", "/openapi.yaml", null).body())
                .startsWith("openapi: ")
                .contains("/api/v1/discover:");
    }

    @Test
    void swaggerPage_isServedWithAssets() throws Exception {
        var page = send(http, "GET", "/docs", null);
        assertThat(page.statusCode()).isEqualTo(200);
        var at = page.uri().getPath();
        assertThat(page.body()).contains("swagger-ui-bundle.js");
        for (var asset : List.of("swagger-ui-bundle.js", "swagger-ui.css", "swagger-initializer.js")) {
            var reply = send(http, "GET", at.substring(0, at.lastIndexOf('/') + 1) + asset, null);
            assertThat(reply.statusCode()).as(asset).isEqualTo(200);
        }
        assertThat(JSON.readTree(send(http, "GET", "/openapi/swagger-config", null)
                                .body())
                        .path("url")
                        .asString())
                .isEqualTo("/openapi");
    }

    private static List<Operation> operations() {
        var operations = new ArrayList<Operation>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()))));
        return operations;
    }

    /** Returns the address with the example of each parameter that has one. */
    private static String address(Operation operation, String position) {
        var path = operation.path();
        var query = new ArrayList<String>();
        for (var parameter : operation.said().path("parameters")) {
            var said = resolved(parameter);
            var name = said.path("name").asString();
            var example = said.path("example").asString("");
            if (said.path("in").asString().equals("path")) {
                path = path.replace("{" + name + "}", encoded(example));
            } else if (name.equals("min_position")) {
                query.add(name + "=" + position);
                query.add("wait=20s");
            } else if (said.path("in").asString().equals("query") && !example.isEmpty()) {
                query.add(name + "=" + encoded(example));
            }
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private static @Nullable String body(Operation operation) {
        var example = operation.said().at("/requestBody/content/application~1json/example");
        return example.isMissingNode() ? null : example.toString();
    }

    private static JsonNode example(JsonNode response) {
        var content = response.path("content").iterator().next();
        return content.has("example")
                ? content.path("example")
                : resolved(content.path("examples").iterator().next()).path("value");
    }

    /**
     * Returns the paths of members that the example has and the answer lacks; of arrays only the first elements are
     * compared.
     */
    private static List<String> missing(String at, JsonNode example, JsonNode answer) {
        var missing = new ArrayList<String>();
        if (example.isArray() && !example.isEmpty()) {
            missing.addAll(missing(at + "[0]", example.path(0), answer.path(0)));
        }
        example.properties().forEach(member -> {
            var name = at + "." + member.getKey();
            if (answer.has(member.getKey())) {
                missing.addAll(missing(name, member.getValue(), answer.path(member.getKey())));
            } else {
                missing.add(name);
            }
        });
        return missing;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    private static boolean isJson(Reply reply) {
        return reply.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private static Reply send(HttpClient http, String method, String address, @Nullable String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(base + address)).timeout(Duration.ofSeconds(30));
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
                    isStream(answered) ? "" : new String(said.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Returns true for an event stream, of which only the beginning is read, because it doesn't end. */
    private static boolean isStream(HttpResponse<?> answered) {
        return answered.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    }
}
