package dev.aicore.discovery.client.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Successful answer.
 *
 * @param data content of the envelope
 * @param meta further members of {@code meta}
 * @param location value of the header of that name; null for none
 */
record RouteReply(
        int status,
        Map<String, Object> data,
        Map<String, Object> meta,
        @Nullable String location) {

    static RouteReply of(Map<String, Object> data) {
        return new RouteReply(200, data, new LinkedHashMap<>(), null);
    }
}
