package dev.aicore.discovery.client.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Answer to a request for a stream.
 *
 * @param store id of the node's event store; null if the answer doesn't name it
 * @param events the stream; null if it was refused
 * @param refusal the refusal; null if there is a stream
 */
public record StreamResponse(
        URI node,
        @Nullable String store,
        @Nullable EventStream events,
        @Nullable WireResponse refusal) {}
