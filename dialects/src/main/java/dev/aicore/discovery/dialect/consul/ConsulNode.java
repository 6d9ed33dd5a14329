package dev.aicore.discovery.dialect.consul;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The one node that Consul's documents name: the registry, which is the agent of all clients.
 *
 * @param id UUID, stable for a name
 * @param address address of the registry
 */
record ConsulNode(String id, String name, String address, String datacenter) {

    static ConsulNode of(String name, String address, String datacenter) {
        var id = UUID.nameUUIDFromBytes(("consul-node|" + datacenter + '|' + name).getBytes(StandardCharsets.UTF_8));
        return new ConsulNode(id.toString(), name, address, datacenter);
    }
}
