package dev.aicore.discovery.server.openapi;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.util.RawValue;

/**
 * Generates the schemas of records with {@link ModelConverters}, for JSON as {@code ApiJson} writes it: names in
 * snake_case, enums in lower case.
 */
final class RecordSchemaGenerator {

    private final ModelConverters converters = new ModelConverters(true);
    private final Map<String, Object> components = new TreeMap<>();

    /**
     * Creates the generator.
     *
     * @param required returns true for the components of records that are present in every value
     */
    RecordSchemaGenerator(Predicate<RecordComponent> required) {
        var mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .annotationIntrospector(new RecordIntrospector(required))
                .build();
        converters.addConverter(new ModelResolver(mapper, new SchemaNames()).openapi31(true));
        converters.addConverter(new AnyValueConverter());
    }

    /** Returns true unless the component is null in some values. */
    static boolean isNonNull(RecordComponent component) {
        return !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Returns the schema of a type, with references to {@link #components()}. */
    Map<String, Object> schema(Type type) {
        var resolved = converters.resolveAsResolvedSchema(new AnnotatedType(type).resolveAsRef(true));
        resolved.referencedSchemas.forEach((name, schema) -> components.put(name, toMap(schema)));
        return toMap(resolved.schema);
    }

    /** Returns the schemas of all records that were found so far, by name. */
    Map<String, Object> components() {
        return components;
    }

    private static Map<String, Object> toMap(Schema<?> schema) {
        Map<String, Object> map = new Yaml().load(Json31.pretty(schema));
        if (map.get("properties") instanceof Map<?, ?> properties) {
            map.put(
                    "properties",
                    properties.entrySet().stream()
                            .collect(Collectors.toMap(
                                    property -> inSnakeCase(property.getKey()),
                                    Map.Entry::getValue,
                                    (first, _) -> first,
                                    LinkedHashMap::new)));
        }
        if (map.get("required") instanceof List<?> names) {
            map.put(
                    "required",
                    names.stream().map(RecordSchemaGenerator::inSnakeCase).toList());
        }
        return map;
    }

    /** Repeats the translation of names, because swagger-core reverts it for names that begin with {@code is}. */
    private static String inSnakeCase(Object name) {
        return PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(String.valueOf(name));
    }

    /** Takes over what Jackson's annotations don't state: the names of enum values, and which members are required. */
    private static final class RecordIntrospector extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        private final transient Predicate<RecordComponent> required;

        RecordIntrospector(Predicate<RecordComponent> required) {
            this.required = required;
        }

        /** Overrides the variant that swagger-core calls. */
        @Override
        @SuppressWarnings("deprecation")
        public String[] findEnumValues(Class<?> type, Enum<?>[] values, String[] names) {
            return Arrays.stream(values)
                    .map(value -> value.name().toLowerCase(Locale.ROOT))
                    .toArray(String[]::new);
        }

        @Override
        public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
            var components = member.getDeclaringClass().getRecordComponents();
            return components == null
                    ? null
                    : Arrays.stream(components)
                            .filter(component -> component.getName().equals(member.getName()))
                            .anyMatch(required);
        }
    }

    /** Names a schema after its record, without the suffix {@code View}; after its outer class too if it is nested. */
    private static final class SchemaNames extends TypeNameResolver {

        private final Map<String, Class<?>> named = new HashMap<>();

        @Override
        protected String getNameOfClass(Class<?> type) {
            var name = nameOf(type);
            var other = named.putIfAbsent(name, type);
            if (other != null && other != type) {
                throw new IllegalStateException(type + " and " + other + " have the same name in the document.");
            }
            return name;
        }

        private static String nameOf(Class<?> type) {
            var name = type.getSimpleName().replaceFirst("(View|Controller)$", "");
            if (type.getEnclosingClass() == null) {
                return name;
            }
            var outer = nameOf(type.getEnclosingClass());
            return name.startsWith(outer) ? name : outer + name;
        }
    }

    /** Describes a value of any type by the empty schema. */
    private static final class AnyValueConverter implements ModelConverter {

        private static final Set<Class<?>> ANY = Set.of(JsonNode.class, RawValue.class);

        @Override
        public @Nullable Schema<?> resolve(
                AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
            var raw =
                    TypeFactory.defaultInstance().constructType(type.getType()).getRawClass();
            return raw == Object.class || ANY.stream().anyMatch(any -> any.isAssignableFrom(raw))
                    ? new JsonSchema()
                    : chain.next().resolve(type, context, chain);
        }
    }
}
