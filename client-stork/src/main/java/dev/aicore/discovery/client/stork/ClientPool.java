package dev.aicore.discovery.client.stork;

import dev.aicore.discovery.client.RegistryClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Clients of one Stork, one for all services with the same options: they share one stream. Their threads are daemons,
 * and Stork has no event for its end.
 */
final class ClientPool {

    private final Map<ClientOptions, RegistryClient> clients = new ConcurrentHashMap<>();

    RegistryClient client(ClientOptions options) {
        return clients.computeIfAbsent(options, ClientOptions::open);
    }
}
