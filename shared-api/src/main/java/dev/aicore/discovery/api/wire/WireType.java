package dev.aicore.discovery.api.wire;

import dev.aicore.discovery.api.RegistryEvent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Binds a stored event type to its Java class.
 *
 * @param name wire name, which never changes and is never derived from the class
 * @param revision newest revision, the one that the class represents
 * @param type the current Java class
 * @param unpack creates the event from its stored bytes; null if the event is stored as JSON
 */
public record WireType<T extends RegistryEvent>(
        String name, int revision, Class<T> type, @Nullable Function<byte[], T> unpack) {

    static <T extends RegistryEvent> WireType<T> json(String name, int revision, Class<T> type) {
        return new WireType<>(name, revision, type, null);
    }
}
