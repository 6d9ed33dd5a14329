package dev.aicore.discovery.eventstore.wire;

import java.util.List;
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
}
