package dev.aicore.discovery.eventstore.wire;

import java.util.List;
import java.util.function.Function;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

/** Serializes each snapshot by the codec of its aggregate. */
public final class SnapshotSerializer implements Serializer {

    private final List<SnapshotCodec<?>> codecs;
    private final ChainingConverter converter = new ChainingConverter();

    public SnapshotSerializer(List<? extends SnapshotCodec<?>> codecs) {
        this.codecs = List.copyOf(codecs);
    }

    /**
     * Returns true if a codec reads snapshots of that name and revision. A snapshot of another revision is treated as
     * missing.
     */
    public boolean reads(String name, int revision) {
        return codecs.stream().anyMatch(codec -> codec.name().equals(name) && codec.revision() == revision);
    }

    @Override
    public <T> SerializedObject<T> serialize(@Nullable Object state, Class<T> representation) {
        if (state == null) {
            throw new SerializationException("The state of a snapshot must not be null.");
        }
        var codec = codecOf(state.getClass());
        return new SimpleSerializedObject<>(
                converter.convert(encode(codec, state), byte[].class, representation), representation, typeOf(codec));
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> representation) {
        return converter.canConvert(byte[].class, representation);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's signature: the caller names the type
    public <S, T> T deserialize(SerializedObject<S> serialized) {
        if (isMetaData(serialized.getType())) {
            return (T) MetaData.emptyInstance();
        }
        return (T) codecOf(serialized.getType())
                .decode()
                .apply(converter.convert(serialized, byte[].class).getData());
    }

    @Override
    @SuppressWarnings("rawtypes") // Axon's signature
    public Class classForType(SerializedType type) {
        return isMetaData(type) ? MetaData.class : codecOf(type).type();
    }

    @Override
    @SuppressWarnings("rawtypes") // Axon's signature
    public SerializedType typeForClass(@Nullable Class type) {
        return type == null ? SerializedType.emptyType() : typeOf(codecOf(type));
    }

    @Override
    public Converter getConverter() {
        return converter;
    }

    private static <T> byte[] encode(SnapshotCodec<T> codec, Object state) {
        return codec.encode().apply(codec.type().cast(state));
    }

    private SnapshotCodec<?> codecOf(Class<?> type) {
        return codecs.stream()
                .filter(codec -> codec.type() == type)
                .findFirst()
                .orElseThrow(() -> new SerializationException(type.getName() + " has no snapshot codec."));
    }

    private SnapshotCodec<?> codecOf(SerializedType type) {
        return codecs.stream()
                .filter(codec -> codec.name().equals(type.getName())
                        && Integer.toString(codec.revision()).equals(type.getRevision()))
                .findFirst()
                .orElseThrow(() -> new SerializationException(
                        "No codec reads a snapshot " + type.getName() + " of revision " + type.getRevision() + "."));
    }

    private static SerializedType typeOf(SnapshotCodec<?> codec) {
        return new SimpleSerializedType(codec.name(), Integer.toString(codec.revision()));
    }

    private static boolean isMetaData(SerializedType type) {
        return type.getName().equals(MetaData.class.getName());
    }

    /**
     * Encodes and decodes the compact form of an aggregate's state.
     *
     * @param type class of the aggregate
     * @param name name of the aggregate's type in the store, which outlives the class
     * @param revision revision from 1; a snapshot of another revision isn't read, and its aggregate is loaded from
     *     events
     * @param encode function from a state to bytes; called on the snapshotter's thread with an instance of its own
     * @param decode function from bytes to a new instance, never a shared one, because the aggregate changes it
     */
    public record SnapshotCodec<T>(
            Class<T> type, String name, int revision, Function<T, byte[]> encode, Function<byte[], T> decode) {}
}
