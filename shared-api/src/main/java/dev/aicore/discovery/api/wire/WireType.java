package dev.aicore.discovery.api.wire;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of event is called in the store.
 *
 * @param name its name there, for ever; never derived from the class
 * @param revision the newest one, which the class stands for
 * @param type the class of today
 * @param unpack makes it from its stored bytes; null if it is stored as JSON
 */
public record WireType<T>(
        String name, int revision, Class<T> type, @Nullable Function<byte[], T> unpack) {

    static <T> WireType<T> json(String name, int revision, Class<T> type) {
        return new WireType<>(name, revision, type, null);
    }
}
