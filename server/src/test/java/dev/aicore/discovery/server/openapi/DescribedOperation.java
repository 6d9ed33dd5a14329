package dev.aicore.discovery.server.openapi;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Operation of the OpenAPI document.
 *
 * @param said the operation as the document describes it
 */
record DescribedOperation(String method, String path, JsonNode said, JsonNode document) {

    /** Returns all operations of a document. */
    static List<DescribedOperation> of(JsonNode document) {
        var operations = new ArrayList<DescribedOperation>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> operations.add(new DescribedOperation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue(),
                                document))));
        return operations;
    }

    String route() {
        return method + " " + path;
    }

    /** Returns the rank of an operation: registrations first, so that others find their objects, deletions last. */
    int order() {
        return switch (method) {
            case "POST" -> path.equals("/api/v1/services") || path.equals("/api/v1/admin/api-keys") ? 0 : 2;
            case "GET" -> 1;
            case "DELETE" -> 3;
            default -> 2;
        };
    }

    List<JsonNode> parameters() {
        return said.path("parameters").valueStream().map(this::resolved).toList();
    }

    /** Returns the description of the JSON body; missing if the operation has none. */
    JsonNode jsonBody() {
        return resolved(said.path("requestBody")).at("/content/application~1json");
    }

    /** Returns the example of the body; null if the operation has none. */
    @Nullable
    String exampleBody() {
        var example = jsonBody().path("example");
        return example.isMissingNode() ? null : example.toString();
    }

    JsonNode responses() {
        return said.path("responses");
    }

    /**
     * Returns the address of a request.
     *
     * @param values returns the values of a parameter in the path or the query
     */
    String address(Function<JsonNode, List<String>> values) {
        var address = path;
        var query = new ArrayList<String>();
        for (var parameter : parameters()) {
            var name = parameter.path("name").asString();
            switch (parameter.path("in").asString()) {
                case "path" ->
                    address = address.replace(
                            "{" + name + "}", encoded(values.apply(parameter).getFirst()));
                case "query" ->
                    values.apply(parameter)
                            .forEach(value -> query.add(name.replace("KEY", "region") + "=" + encoded(value)));
                default -> {}
            }
        }
        return query.isEmpty() ? address : address + "?" + String.join("&", query);
    }

    /** Returns the example of a parameter; no value for a query parameter without example. */
    static List<String> example(JsonNode parameter) {
        var example = parameter.path("example").asString("");
        if (example.isEmpty() && parameter.path("in").asString().equals("path")) {
            throw new IllegalStateException("A parameter in the path has no example: " + parameter);
        }
        return example.isEmpty() ? List.of() : List.of(example);
    }

    /** Returns the node that a reference points to, or the node itself if it is no reference. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref")
                ? resolved(document.at(node.path("$ref").asString().substring(1)))
                : node;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
