package dev.aicore.discovery.web;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;

/**
 * Reads a record from the fields of a body, by the names, types and constraints of its components; the OpenAPI document
 * is generated from the same components. Names are in snake_case. {@link Min} and {@link Max} bound an integer,
 * {@link Size} the number of characters of a text. A missing field is 0 for an {@code int}, null for a component with
 * {@code @Nullable}, and a violation for any other.
 *
 * <p>Neither Jackson nor Bean Validation reads the values: the former converts some values of other types, and the
 * messages of both are less exact than those of {@link JsonFields}.
 */
final class JsonRecordReader {
    private static final ClassValue<JsonRecordReader> READERS = new ClassValue<>() {
        @Override
        protected JsonRecordReader computeValue(Class<?> type) {
            return new JsonRecordReader(type);
        }
    };

    private final List<Function<JsonFields, @Nullable Object>> components;
    private final MethodHandle constructor;

    private JsonRecordReader(Class<?> type) {
        var declared = type.getRecordComponents();
        this.components = Arrays.stream(declared).map(JsonRecordReader::reader).toList();
        this.constructor = constructor(
                type, Arrays.stream(declared).map(RecordComponent::getType).toArray(Class<?>[]::new));
    }

    /**
     * Reads a record, which the caller has validated if this returns.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException with all violations, if there are any
     */
    static <T extends Record> T read(JsonFields jsonFields, Class<T> type) {
        var reader = READERS.get(type);
        @Nullable Object[] values = new @Nullable Object[reader.components.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = reader.components.get(i).apply(jsonFields);
        }
        jsonFields.rejectUnknown();
        jsonFields.validate();
        try {
            return type.cast(reader.constructor.invokeExact(values));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Function<JsonFields, @Nullable Object> reader(RecordComponent component) {
        var name = PropertyNamingStrategies.SNAKE_CASE.nameForField(null, null, component.getName());
        boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (component.getType() == String.class) {
            var size = constraint(component, Size.class);
            var rule = size.min() == 0 ? TextConstraint.upTo(size.max()) : TextConstraint.nonEmpty(size.max());
            return optional ? fields -> fields.textOrNull(name, rule) : fields -> fields.text(name, rule);
        }
        int min = Math.toIntExact(constraint(component, Min.class).value());
        int max = Math.toIntExact(constraint(component, Max.class).value());
        if (component.getType() == int.class) {
            return fields -> fields.integerOr(name, min, max, 0);
        }
        if (component.getType() == Integer.class) {
            return optional ? fields -> fields.integerOrNull(name, min, max) : fields -> fields.integer(name, min, max);
        }
        throw new IllegalArgumentException("A request can't have a field of this type: " + component);
    }

    private static <A extends Annotation> A constraint(RecordComponent component, Class<A> type) {
        return Objects.requireNonNull(
                component.getAccessor().getAnnotation(type), () -> component + " needs " + type.getSimpleName());
    }

    private static MethodHandle constructor(Class<?> type, Class<?>[] components) {
        try {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
                    .findConstructor(type, MethodType.methodType(void.class, components))
                    .asSpreader(Object[].class, components.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " has no canonical constructor.", e);
        }
    }
}
