package dev.aicore.discovery.server.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.TypedJsonBody;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import reactor.core.publisher.Mono;

/**
 * Generates {@code openapi/schemas.yaml}: the schema of each body that a controller binds to a record, of each
 * successful response that is a record, and of the records that these refer to. Bodies with a hand-written schema are
 * omitted.
 */
final class GeneratedSchemas {

    /** Name of the generated file among the files of the document. */
    static final String FILE = "schemas.yaml";

    private static final String ROOT = EventMetadata.class.getPackageName().replaceFirst("\\.api$", "");
    private static final String NOTE = """
            # Generated from the records that controllers take and return. GeneratedSchemasTest compares this file with them, and writes it.
            # The other files of this folder add descriptions, and the schemas of what no record describes.
            """;

    private final Map<String, Object> described;
    private final RecordSchemaGenerator requests = new RecordSchemaGenerator(component ->
            RecordSchemaGenerator.isNonNull(component) && !component.getType().isPrimitive());
    private final RecordSchemaGenerator responses = new RecordSchemaGenerator(RecordSchemaGenerator::isNonNull);
    private final Map<String, Object> paths = new TreeMap<>();

    /**
     * Creates the generator.
     *
     * @param described the document without the generated file
     */
    GeneratedSchemas(Map<String, Object> described) {
        this.described = described;
    }

    /** Returns the content of the file. */
    String yaml() {
        controllers().forEach(this::addController);
        var document = new LinkedHashMap<String, Object>();
        document.put("paths", paths);
        var components = new TreeMap<>(responses.components());
        components.putAll(requests.components());
        document.put("components", Map.of("schemas", components));
        var options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.AUTO);
        options.setWidth(140);
        return NOTE + new Yaml(options).dump(document);
    }

    private static Stream<Class<?>> controllers() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        return scanner.findCandidateComponents(ROOT).stream()
                .filter(found -> !String.valueOf(found.getBeanClassName()).startsWith(ROOT + ".ui."))
                .map(found -> ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null));
    }

    private void addController(Class<?> controller) {
        var ofClass = AnnotatedElementUtils.findMergedAnnotation(controller, RequestMapping.class);
        for (var method : controller.getDeclaredMethods()) {
            var ofMethod = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
            if (ofMethod != null) {
                var path = first(ofClass == null ? new String[0] : ofClass.path()) + first(ofMethod.path());
                var produced =
                        ofMethod.produces().length > 0 || ofClass == null ? ofMethod.produces() : ofClass.produces();
                Arrays.stream(ofMethod.method())
                        .map(verb -> verb.name().toLowerCase(Locale.ROOT))
                        .forEach(verb -> {
                            addRequest(method, path, verb);
                            addResponses(method, path, verb, produced);
                        });
            }
        }
    }

    private void addRequest(Method handler, String path, String verb) {
        for (var argument : handler.getGenericParameterTypes()) {
            if (argument instanceof ParameterizedType body && body.getRawType() == TypedJsonBody.class) {
                var type = (Class<?>) body.getActualTypeArguments()[0];
                var reference = requests.schema(type);
                var schema = at(
                        requests.components(),
                        String.valueOf(reference.get("$ref")).replaceFirst(".*/", ""));
                schema.put("additionalProperties", false);
                for (var component : type.getRecordComponents()) {
                    if (component.getType().isPrimitive()) {
                        var name = PropertyNamingStrategies.SNAKE_CASE.nameForField(null, null, component.getName());
                        put(0, schema, "properties", name, "default");
                    }
                }
                put(reference, paths, path, verb, "requestBody", "content", "application/json", "schema");
            }
        }
    }

    private void addResponses(Method handler, String path, String verb, String[] produced) {
        var type = unwrapped(handler.getGenericReturnType());
        var responsesOfRoute = at(described, "paths", path, verb, "responses");
        for (var status : responsesOfRoute.keySet()) {
            var content = at(responsesOfRoute, status, "content");
            for (var mediaType : produced) {
                if (status.startsWith("2")
                        && content.containsKey(mediaType)
                        && !at(content, mediaType).containsKey("schema")
                        && isRecord(type)) {
                    put(schema(type), paths, path, verb, "responses", status, "content", mediaType, "schema");
                }
            }
        }
    }

    private Map<String, Object> schema(Type type) {
        if (!(type instanceof ParameterizedType envelope) || envelope.getRawType() != ApiResponse.class) {
            return responses.schema(type);
        }
        var properties = new LinkedHashMap<String, Object>();
        properties.put("success", new TreeMap<>(Map.of("type", "boolean", "const", true)));
        properties.put("data", responses.schema(envelope.getActualTypeArguments()[0]));
        properties.put("meta", responses.schema(ApiResponse.Meta.class));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("required", List.of("success", "data", "meta"));
        schema.put("properties", properties);
        return schema;
    }

    /** Returns the type of the body. */
    private static Type unwrapped(Type type) {
        return type instanceof ParameterizedType wrapped
                        && (wrapped.getRawType() == Mono.class || wrapped.getRawType() == ResponseEntity.class)
                ? unwrapped(wrapped.getActualTypeArguments()[0])
                : type;
    }

    /** Returns true for a record, an envelope of a record, and a list of records. */
    private static boolean isRecord(Type type) {
        return type instanceof ParameterizedType generic
                ? isRecord(generic.getActualTypeArguments()[0])
                : type instanceof Class<?> raw && raw.isRecord();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> at(Map<String, Object> document, String... names) {
        var found = document;
        for (var name : names) {
            found = (Map<String, Object>) found.getOrDefault(name, Map.of());
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static void put(Object value, Map<String, Object> document, String... names) {
        var parent = document;
        for (var name : Arrays.copyOf(names, names.length - 1)) {
            parent = (Map<String, Object>) parent.computeIfAbsent(name, _ -> new TreeMap<String, Object>());
        }
        parent.put(names[names.length - 1], value);
    }

    private static String first(String[] paths) {
        return paths.length == 0 ? "" : paths[0];
    }
}
