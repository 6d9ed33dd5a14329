package dev.aicore.discovery.server.openapi;

import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads the OpenAPI document: merges the files {@code openapi/*.yaml} of all sides, one per feature. The files are
 * written by hand, because routes read bodies and parameters by name, which no scanner could find; a test compares them
 * with the registered routes.
 */
final class ApiDocument {
    private static final String FILES = "classpath*:openapi/*.yaml";

    private ApiDocument() {}

    /** Responses that access control may give on every route. */
    private static final Map<String, String> ACCESS_CONTROL_RESPONSES =
            Map.of("401", "Unauthorized", "403", "Forbidden", "429", "TooManyRequests");

    /** Returns the whole document, without servers. */
    static OpenAPI read(String version) {
        var document = new LinkedHashMap<String, Object>();
        files().forEach(file -> merge(document, file));
        merge(document, Map.of("info", Map.of("version", version)));
        var api = Json31.mapper().convertValue(document, OpenAPI.class);
        api.getPaths()
                .values()
                .forEach(path -> path.readOperations()
                        .forEach(operation -> ACCESS_CONTROL_RESPONSES.forEach((status, name) -> operation
                                .getResponses()
                                .putIfAbsent(status, new ApiResponse().$ref("#/components/responses/" + name)))));
        return api;
    }

    private static List<Map<String, Object>> files() {
        try {
            var resources = new PathMatchingResourcePatternResolver().getResources(FILES);
            return Arrays.stream(resources)
                    .sorted(Comparator.comparing(resource -> String.valueOf(resource.getFilename())))
                    .map(ApiDocument::load)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> load(Resource file) {
        try (InputStream in = file.getInputStream()) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Merges documents. Several files may describe one path, but none may repeat a member. */
    @SuppressWarnings("unchecked")
    private static void merge(Map<String, Object> document, Map<String, Object> more) {
        more.forEach((name, value) -> {
            if (document.get(name) instanceof Map<?, ?> there && value instanceof Map<?, ?> addition) {
                var merged = new LinkedHashMap<>((Map<String, Object>) there);
                merge(merged, (Map<String, Object>) addition);
                document.put(name, merged);
            } else if (document.putIfAbsent(name, value) != null) {
                throw new IllegalStateException("The OpenAPI files define '" + name + "' twice.");
            }
        });
    }
}
