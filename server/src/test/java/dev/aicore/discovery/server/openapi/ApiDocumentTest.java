package dev.aicore.discovery.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Compares the description of the API with the running server. */
@Tag("integration")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiDocumentTest {

    @TempDir
    static Path directory;

    private static DescribedServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new DescribedServer(directory.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void describedRoutes_matchMappedRoutes() {
        var routes = server.context().getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        Set<String> mapped = new TreeSet<>();
        routes.getHandlerMethods().forEach((route, handler) -> {
            var routePackage = handler.getBeanType().getPackageName();
            // The protocols of other registries are described by these registries, and in docs/dialects.md. The routes
            // of
            // the web UI serve its own pages only, and are described in docs/ui.md.
            if (!routePackage.startsWith("org.springdoc")
                    && !routePackage.startsWith("dev.aicore.discovery.ui")
                    && !routePackage.startsWith("dev.aicore.discovery.dialect.eureka")
                    && !routePackage.startsWith("dev.aicore.discovery.dialect.consul")) {
                route.getMethodsCondition()
                        .getMethods()
                        .forEach(method -> route.getPatternsCondition()
                                .getPatterns()
                                .forEach(pattern -> mapped.add(method + " " + pattern.getPatternString())));
            }
        });

        Set<String> described = new TreeSet<>(
                server.operations().stream().map(DescribedOperation::route).toList());
        assertThat(described).isEqualTo(mapped).contains("POST /api/v1/services", "GET /metrics", "GET /health");
    }

    @Test
    void describedRequests_areAnsweredAsDescribed() throws Exception {
        var operations = server.operations();
        operations.sort(Comparator.comparingInt(DescribedOperation::order));
        var position = new String[] {""};
        var softly = new SoftAssertions();
        for (var operation : operations) {
            var reply = server.send(
                    operation.method(),
                    operation.address(parameter -> values(parameter, position[0])),
                    operation.exampleBody());
            softly.assertThat(operation.responses().propertyNames())
                    .as("documented responses of %s, which answered %s", operation.route(), reply.body())
                    .contains(Integer.toString(reply.statusCode()));
            if (reply.statusCode() < 300 && reply.isJson()) {
                var content = content(operation, reply.statusCode());
                softly.assertThat(missing("", example(operation, content), reply.json()))
                        .as("fields of the example of %s that are missing in the response", operation.route())
                        .isEmpty();
                if (content.has("schema")) {
                    softly.assertThat(server.violations(content.path("schema"), reply.json()))
                            .as("violations of the schema of %s by %s", operation.route(), reply.body())
                            .isEmpty();
                }
            }
            if (operation.order() == 0) {
                assertThat(reply.statusCode()).isEqualTo(201);
                position[0] = reply.json().at("/meta/position").asString();
            }
        }
        softly.assertAll();
    }

    /** Runs last, because it changes and deletes what the examples of other operations need. */
    @Test
    @Order(Integer.MAX_VALUE)
    void describedBounds_areThoseOfTheServer() throws Exception {
        var bounds = new RequestBounds(server);

        assertThat(bounds.differences())
                .as("differences of %d requests", bounds.requests())
                .isEmpty();
        assertThat(bounds.requests()).isGreaterThan(2_000);
    }

    @Test
    void describedRoutes_declare401And403And429() {
        assertThat(server.operations())
                .allSatisfy(operation -> assertThat(operation.responses().propertyNames())
                        .as(operation.route())
                        .contains("401", "403", "429"));
    }

    @Test
    void references_areResolvable() {
        assertThat(server.document().findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                server.document().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void document_isServedAsYaml() throws Exception {
        assertThat(server.send("GET", "/openapi.yaml", null).body())
                .startsWith("openapi: ")
                .contains("/api/v1/discover:");
    }

    @Test
    void swaggerPage_isServedWithAssets() throws Exception {
        var page = server.send("GET", "/docs", null);
        assertThat(page.statusCode()).isEqualTo(200);
        var at = page.uri().getPath();
        assertThat(page.body()).contains("swagger-ui-bundle.js");
        for (var asset : List.of("swagger-ui-bundle.js", "swagger-ui.css", "swagger-initializer.js")) {
            var reply = server.send("GET", at.substring(0, at.lastIndexOf('/') + 1) + asset, null);
            assertThat(reply.statusCode()).as(asset).isEqualTo(200);
        }
        assertThat(server.send("GET", "/openapi/swagger-config", null)
                        .json()
                        .path("url")
                        .asString())
                .isEqualTo("/openapi");
    }

    /** Returns the example of a parameter; reads wait for the position of the last registration. */
    private static List<String> values(JsonNode parameter, String position) {
        return switch (parameter.path("name").asString()) {
            case "min_position" -> List.of(position);
            case "wait" -> List.of("20s");
            default -> DescribedOperation.example(parameter);
        };
    }

    private static JsonNode content(DescribedOperation operation, int status) {
        return operation
                .responses()
                .path(Integer.toString(status))
                .path("content")
                .path("application/json");
    }

    private static JsonNode example(DescribedOperation operation, JsonNode content) {
        return content.has("example")
                ? content.path("example")
                : operation.resolved(content.path("examples").iterator().next()).path("value");
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
}
