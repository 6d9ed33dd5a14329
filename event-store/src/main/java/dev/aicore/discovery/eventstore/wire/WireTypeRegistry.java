package dev.aicore.discovery.eventstore.wire;

import dev.aicore.discovery.api.wire.WireTypes.WireType;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.common.AxonNonTransientException;
import org.axonframework.serialization.SerializationException;

/** Registers the types of events that this version can read and write. */
public final class WireTypeRegistry {

    private final Map<String, WireType<?>> byName = new HashMap<>();
    private final Map<Class<?>, WireType<?>> byClass = new HashMap<>();

    /**
     * Creates a registry of the given types.
     *
     * @throws IllegalArgumentException if a name or a class occurs twice
     */
    public WireTypeRegistry(Collection<? extends WireType<?>> types) {
        for (var type : types) {
            if (byName.put(type.name(), type) != null || byClass.put(type.type(), type) != null) {
                throw new IllegalArgumentException(
                        "wire type " + type.name() + " of " + type.type() + " is listed twice");
            }
        }
    }

    /**
     * Returns the type for reading an event of that name and revision. The event must have been upcast to the current
     * revision.
     *
     * @throws NewerEventException if this version doesn't know the name, or only older revisions
     * @throws SerializationException if the revision is older than the current one, so that an upcaster is missing
     */
    public WireType<?> current(String name, int revision) {
        var known = byName.get(name);
        if (known == null || isNewer(revision, known)) {
            throw new NewerEventException(name, revision, known == null ? 0 : known.revision());
        }
        if (revision < known.revision()) {
            throw new SerializationException(
                    "No upcaster converts " + name + " from revision " + revision + " to " + known.revision() + ".");
        }
        return known;
    }

    /**
     * Returns the type for writing objects of a class.
     *
     * @throws SerializationException if the class has no wire type
     */
    public WireType<?> of(Class<?> type) {
        var known = byClass.get(type);
        if (known == null) {
            throw new SerializationException(type.getName() + " has no wire name: list it among the wire types.");
        }
        return known;
    }

    private static boolean isNewer(int revision, WireType<?> known) {
        return revision > known.revision();
    }

    /**
     * Signals that the store has an event that a newer version wrote. Reading stops at the event, because a state
     * without it would be a guess.
     *
     * <p>The error code in answers and logs is {@value #CODE}.
     */
    public static final class NewerEventException extends AxonNonTransientException {

        public static final String CODE = "newer_event";

        NewerEventException(String name, int revision, int known) {
            super(CODE + ": the store holds " + name + " of revision " + revision + ", this version knows "
                    + (known == 0 ? "no event of that name" : "revision " + known)
                    + "; run the version that wrote it.");
        }
    }
}
