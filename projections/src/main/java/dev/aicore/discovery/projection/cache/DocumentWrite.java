package dev.aicore.discovery.projection.cache;

import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import org.jspecify.annotations.Nullable;

/**
 * Document of a service, to be written.
 *
 * @param instances instances as JSON; null if readers have to query PostgreSQL
 */
record DocumentWrite(
        String service, DocumentHeader head, @Nullable String instances) {

    /** Returns the announcement that is published with the document, in the same form as by {@code NOTIFY}. */
    String announcement() {
        return announcement(service, head.position());
    }

    /** Returns the announcement of a change. The name of a service needs no escaping. */
    static String announcement(String service, long position) {
        return "{\"service\":\"" + service + "\",\"position\":" + position + '}';
    }
}
