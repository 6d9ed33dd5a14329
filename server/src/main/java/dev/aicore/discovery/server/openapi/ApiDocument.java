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
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Reads the OpenAPI document: merges the files {@code openapi/*.yaml} of all sides. The files of the features are
 * written by hand, {@code schemas.yaml} is generated from records by a test. Tests compare the document with the
 * running server.
 */
final class ApiDocument {
    private static final String FILES = "classpath*:openapi/*.yaml";

    private ApiDocument() {}

    /** Responses that access control may give on every route. */
    private static final Map<String, String> ACCESS_CONTROL_RESPONSES =
            Map.of("401", "Unauthorized", "403", "Forbidden", "429", "TooManyRequests");

    /** Returns the whole document, without servers. */
    static OpenAPI read(String version) {
        var document = merged(_ -> true);
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

    /**
     * Merges files of the document.
     *
     * @param names returns true for the names of the files to merge
     */
    static Map<String, Object> merged(Predicate<String> names) {
        try {
            var document = new LinkedHashMap<String, Object>();
            Arrays.stream(new PathMatchingResourcePatternResolver().getResources(FILES))
                    .filter(resource -> names.test(String.valueOf(resource.getFilename())))
                    .sorted(Comparator.comparing(resource -> String.valueOf(resource.getFilename())))
                    .map(ApiDocument::load)
                    .forEach(file -> merge(document, file));
            return document;
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
