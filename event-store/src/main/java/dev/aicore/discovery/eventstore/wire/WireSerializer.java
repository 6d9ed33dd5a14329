package dev.aicore.discovery.eventstore.wire;

import dev.aicore.discovery.api.BinaryEvent;
import dev.aicore.discovery.api.wire.WireTypes.WireType;
import dev.aicore.discovery.eventstore.wire.WireTypeRegistry.NewerEventException;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.jackson3.ByteArrayToJsonNodeConverter;
import org.axonframework.serialization.jackson3.JsonNodeToByteArrayConverter;
import org.axonframework.serialization.jackson3.JsonNodeToObjectNodeConverter;
import org.axonframework.serialization.jackson3.ObjectNodeToJsonNodeConverter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serializes events by wire name and revision: as JSON, or as the event's own bytes if it is a {@link BinaryEvent}.
 *
 * <p>For a type that Axon can't resolve, it passes an {@code UnknownSerializedType} to the handlers, which ignore it
 * silently. This serializer throws {@link NewerEventException} for an unknown name or a newer revision instead.
 */
public final class WireSerializer implements Serializer {

    private static final String META_DATA = MetaData.class.getName();

    private final WireTypeRegistry types;
    private final JsonMapper json = WireJson.mapper();
    private final ChainingConverter converter = new ChainingConverter();

    public WireSerializer(WireTypeRegistry types) {
        this.types = types;
        converter.registerConverter(new ByteArrayToJsonNodeConverter(json));
        converter.registerConverter(new JsonNodeToByteArrayConverter(json));
        converter.registerConverter(new JsonNodeToObjectNodeConverter());
        converter.registerConverter(new ObjectNodeToJsonNodeConverter());
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object object, Class<T> representation) {
        if (object == null) {
            throw new SerializationException("The payload of an event must not be null.");
        }
        var type = types.of(object.getClass());
        byte[] bytes = object instanceof BinaryEvent binaryEvent ? binaryEvent.bytes() : toJson(type, object);
        return new SimpleSerializedObject<>(
                converter.convert(bytes, byte[].class, representation), representation, serializedType(type));
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return converter.canConvert(byte[].class, representation);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's signature: the caller names the type
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        var wire = serialized.getType();
        if (wire.getName().equals(META_DATA)) {
            return (T) MetaData.emptyInstance();
        }
        var type = types.current(wire.getName(), revision(wire));
        return (T) (type.unpack() == null ? fromJson(type, serialized) : unpack(type, serialized));
    }

    @Override
    @SuppressWarnings("rawtypes") // Axon's signature
    public Class classForType(SerializedType type) {
        return type.getName().equals(META_DATA)
                ? MetaData.class
                : types.current(type.getName(), revision(type)).type();
    }

    @Override
    @SuppressWarnings("rawtypes") // Axon's signature
    public SerializedType typeForClass(@Nullable Class type) {
        if (type == null || type == Void.class) {
            return SerializedType.emptyType();
        }
        return serializedType(types.of(type));
    }

    @Override
    public Converter getConverter() {
        return converter;
    }

    private byte[] toJson(WireType<?> type, Object object) {
        try {
            return json.writeValueAsBytes(object);
        } catch (JacksonException e) {
            throw new SerializationException(type.name() + " can't be written as JSON.", e);
        }
    }

    private Object fromJson(WireType<?> type, SerializedObject<?> serialized) {
        Object event;
        try {
            event = serialized.getData() instanceof JsonNode node
                    ? json.treeToValue(node, type.type())
                    : json.readValue(converter.convert(serialized, byte[].class).getData(), type.type());
        } catch (JacksonException e) {
            throw new SerializationException(
                    type.name() + " of revision " + type.revision() + " can't be read from its JSON.", e);
        }
        if (event == null) {
            throw new SerializationException(
                    type.name() + " of revision " + type.revision() + " is stored as the JSON null.");
        }
        return event;
    }

    private Object unpack(WireType<?> type, SerializedObject<?> serialized) {
        var unpack = type.unpack();
        if (unpack == null) {
            throw new SerializationException(type.name() + " has no binary form.");
        }
        return unpack.apply(converter.convert(serialized, byte[].class).getData());
    }

    private static SerializedType serializedType(WireType<?> type) {
        return new SimpleSerializedType(type.name(), Integer.toString(type.revision()));
    }

    private static int revision(SerializedType type) {
        var revision = type.getRevision();
        try {
            return revision == null ? 0 : Integer.parseInt(revision);
        } catch (NumberFormatException e) {
            throw new SerializationException(
                    "The revision of " + type.getName() + " must be a number, got '" + revision + "'.", e);
        }
    }
}
