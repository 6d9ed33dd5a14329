package dev.aicore.discovery.projection.cache;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static dev.aicore.discovery.api.testing.InstanceRegisteredBuilder.anInstanceRegistered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.by;

import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.config.testing.TestRedis;
import dev.aicore.discovery.readmodel.cache.ServiceDocument;
import java.util.List;
import java.util.Map;

/** Creates facts of named services, and reads their documents in Redis. */
final class ServiceFactSamples {

    private ServiceFactSamples() {}

    static InstanceRegistered registered(String service, String id, int slot) {
        var declaration = aDeclaration(service)
                .port(80)
                .metadata(Map.of("k", "v"))
                .zone("a")
                .build();
        return anInstanceRegistered(id, declaration)
                .slot(slot)
                .registeredAt(T0)
                .envelope(by("alice"))
                .build();
    }

    static InstanceDeregistered deregistered(String service, String id) {
        return new InstanceDeregistered(id, service, T0.plusSeconds(9), by("bob"));
    }

    /**
     * Returns the ids in the document of a service; an empty list if there is no document, or it contains no instances.
     */
    static List<String> ids(TestRedis redis, String service) {
        return ServiceDocument.of(redis.commands().get("test:service:" + service), false).stream()
                .flatMap(document -> document.instances().stream())
                .map(instance -> instance.id())
                .toList();
    }
}
