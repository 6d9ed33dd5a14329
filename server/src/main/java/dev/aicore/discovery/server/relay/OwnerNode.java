package dev.aicore.discovery.server.relay;

import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Another process that owns the event store, until it loses it. */
final class OwnerNode {

    private final NodeAddress address;
    private final Sinks.Empty<Void> end = Sinks.empty();

    OwnerNode(NodeAddress address) {
        this.address = address;
    }

    NodeAddress address() {
        return address;
    }

    /** Completes once another process owns the store: what wasn't answered until then won't be. */
    Mono<Void> lost() {
        return end.asMono();
    }

    void lose() {
        end.tryEmitEmpty();
    }
}
