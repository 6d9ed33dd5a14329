package dev.aicore.discovery.client;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Version of the configuration of a service.
 *
 * @param service name of the service
 * @param version number of the version
 * @param values the JSON object as maps, lists, strings, {@link java.math.BigDecimal}, booleans and null
 * @param author principal that stored the version; null if unknown
 * @param reason why it was stored; null if unknown
 * @param index position of its last change, to wait for the next one
 */
public record ServiceConfiguration(
        String service,
        long version,
        Map<String, @Nullable Object> values,
        @Nullable String author,
        @Nullable String reason,
        long index) {}
