package dev.aicore.discovery.projection.cache;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static dev.aicore.discovery.api.testing.InstanceRegisteredBuilder.anInstanceRegistered;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.T0;
import static dev.aicore.discovery.projection.testing.InstanceFactSamples.by;

import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.testing.TestRedis;
import dev.aicore.discovery.readmodel.cache.CacheEpoch;
import dev.aicore.discovery.readmodel.cache.CachedInstance;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import dev.aicore.discovery.readmodel.cache.RedisKeys;
import java.util.List;
import java.util.Map;

/** Creates facts of named services, and reads their documents in Redis. */
final class ServiceFactSamples {

    static final RedisKeys KEYS = new RedisKeys("test:");

    private static final String[] HEADER = {"store", "mark", "position", "at"};

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
        return instances(redis, service).stream().map(InstanceView::id).toList();
    }

    /** Returns the instances in the document of a service; an empty list if there is no document. */
    static List<InstanceView> instances(TestRedis redis, String service) {
        var json = redis.commands().hget(keyOf(service), DocumentHeader.INSTANCES);
        return CachedInstance.parse(json == null ? "" : json, false);
    }

    /** Returns the header of the document of a service. */
    static DocumentHeader head(TestRedis redis, String service) {
        return DocumentHeader.of(values(redis, keyOf(service))).orElseThrow();
    }

    /** Returns the state of the cache. */
    static CacheEpoch epoch(TestRedis redis) {
        return CacheEpoch.of(values(redis, KEYS.epoch())).orElseThrow();
    }

    /** Writes an epoch, or the header of a document, without the checks of the product. */
    static void put(TestRedis redis, String key, List<String> values) {
        for (int i = 0; i < HEADER.length; i++) {
            redis.commands().hset(key, HEADER[i], values.get(i));
        }
    }

    /** Returns the key of the document of a service. */
    static String keyOf(String service) {
        return KEYS.service(service);
    }

    private static List<String> values(TestRedis redis, String key) {
        return redis.commands().hmget(key, HEADER).stream()
                .map(value -> value.getValueOrElse(""))
                .toList();
    }
}
