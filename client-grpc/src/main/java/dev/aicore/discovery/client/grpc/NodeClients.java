package dev.aicore.discovery.client.grpc;

import dev.aicore.discovery.client.RegistryClient;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Clients of the nodes that targets name: one for all resolvers of the same nodes, open while there is one of them. */
final class NodeClients {

    private final Function<String, RegistryClient> opener;
    private final Map<String, SharedClient> open = new HashMap<>();

    /**
     * Creates an empty set.
     *
     * @param opener opens a client of nodes such as {@code r1:8443,r2:8443}
     */
    NodeClients(Function<String, RegistryClient> opener) {
        this.opener = opener;
    }

    /** Client and the number of its resolvers. */
    private record SharedClient(RegistryClient client, int users) {}

    /** Returns the client of nodes, which the caller must release. */
    synchronized RegistryClient acquire(String nodes) {
        var present = open.get(nodes);
        var shared = present == null
                ? new SharedClient(opener.apply(nodes), 1)
                : new SharedClient(present.client(), present.users() + 1);
        open.put(nodes, shared);
        return shared.client();
    }

    /** Ends a use of the client of nodes. The last one closes it. */
    synchronized void release(String nodes) {
        var present = open.remove(nodes);
        if (present != null && present.users() > 1) {
            open.put(nodes, new SharedClient(present.client(), present.users() - 1));
        } else if (present != null) {
            // The end may write a file, which must not block a thread of gRPC.
            var end = new Thread(present.client()::close, "registry-client-close");
            end.setDaemon(true);
            end.start();
        }
    }
}
