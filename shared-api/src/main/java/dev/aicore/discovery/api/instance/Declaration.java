package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.health.HealthCheck;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Contains everything that the owner declares about an instance. Equal declarations have equal JSON, because metadata
 * is ordered by key.
 *
 * @param name the service's name; it determines the shard and never changes
 * @param version the service's version; may be empty
 * @param address IP address or host name, in lower case
 * @param port 1 to 65535
 * @param protocol {@code http}, {@code https}, {@code grpc} or {@code tcp}
 * @param weight 0 to 65535; an instance of weight 0 gets no traffic
 * @param ttl lease in seconds, 5 to 86,400; 0 means no lease
 * @param healthCheck the health check; null if only heartbeats report the health
 * @param metadata at most 64 entries
 * @param tags at most 64
 * @param zone may be empty
 */
public record Declaration(
        String name,
        String version,
        String address,
        int port,
        String protocol,
        int weight,
        int ttl,
        @Nullable HealthCheck healthCheck,
        Map<String, String> metadata,
        List<String> tags,
        String zone) {

    public Declaration {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        tags = List.copyOf(tags);
    }

    /** Returns a copy with another check. */
    public Declaration withHealthCheck(@Nullable HealthCheck newCheck) {
        return new Declaration(name, version, address, port, protocol, weight, ttl, newCheck, metadata, tags, zone);
    }

    /** Returns the number of characters of metadata and tags, the parts that can make a declaration large. */
    public int characters() {
        return characters(metadata, tags);
    }

    static int characters(Map<String, String> metadata, List<String> tags) {
        int characters = 0;
        for (var entry : metadata.entrySet()) {
            characters += entry.getKey().length() + entry.getValue().length();
        }
        for (var tag : tags) {
            characters += tag.length();
        }
        return characters;
    }

    /**
     * Returns the effective lease in seconds; 0 means no lease. The effective lease is {@code ttl}. If active checks
     * renew the lease, it is at least the time that two checks take, because a shorter lease would run out under a
     * healthy instance.
     *
     * @param checksRenewLeases true if a passed active check counts as a heartbeat
     */
    public int effectiveTtl(boolean checksRenewLeases) {
        if (!checksRenewLeases || ttl == 0 || healthCheck == null || !healthCheck.checksActively()) {
            return ttl;
        }
        return Math.max(ttl, healthCheck.maxSecondsForTwoChecks());
    }
}
