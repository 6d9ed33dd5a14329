package dev.aicore.discovery.projection.publishing;

import dev.aicore.discovery.readmodel.redis.DocumentHeader;
import org.jspecify.annotations.Nullable;

/**
 * The document of a service, to be written.
 *
 * @param instances as JSON; null if whoever reads it has to ask PostgreSQL
 */
record DocumentWrite(
        String service, DocumentHeader head, @Nullable String instances) {

    String json() {
        return head.document(instances);
    }

    /** What is announced with it, as {@code NOTIFY} announces it too. */
    String announcement() {
        return announcement(service, head.position());
    }

    /** A service's name needs no escaping. */
    static String announcement(String service, long position) {
        return "{\"service\":\"%s\",\"position\":%d}".formatted(service, position);
    }
}
