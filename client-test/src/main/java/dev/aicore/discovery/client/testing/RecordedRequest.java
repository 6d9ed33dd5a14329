package dev.aicore.discovery.client.testing;

import java.util.Map;

/**
 * Request that a registry received.
 *
 * @param path path without the query
 * @param query encoded query; empty if there was none
 * @param headers first value of each header, by its name in lower case
 * @param body body as text; empty if there was none
 */
public record RecordedRequest(String method, String path, String query, Map<String, String> headers, String body) {

    public RecordedRequest {
        headers = Map.copyOf(headers);
    }
}
