package dev.aicore.discovery.api.instance;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the owner of an instance says about it. Equal declarations have equal JSON: metadata is ordered by key.
 *
 * @param name the service's name; it decides the shard, and never changes
 * @param version the service's version, may be empty
 * @param address IP address or host name, lower case
 * @param port 1 to 65535
 * @param protocol {@code http}, {@code https}, {@code grpc} or {@code tcp}
 * @param weight 0 to 65535; 0 gets no traffic
 * @param ttl lease in seconds, 5 to 86,400; 0 is no lease
 * @param healthCheck null if only heartbeats tell
 * @param metadata at most 64 keys
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

    /** Returns how many characters its metadata and its tags have, which is what makes a declaration large. */
    public int characters() {
        return characters(metadata, tags);
    }

    static int characters(Map<String, String> metadata, List<String> tags) {
        int characters = 0;
        for (var said : metadata.entrySet()) {
            characters += said.getKey().length() + said.getValue().length();
        }
        for (var tag : tags) {
            characters += tag.length();
        }
        return characters;
    }

    /**
     * The lease in seconds that this instance is given: {@code ttl}, or what two missed checks take if checks renew it, since a
     * lease shorter than its renewals would run out under a healthy instance. 0 is no lease.
     *
     * @param checksRenewLeases whether a passed active check counts as a heartbeat
     */
    public int effectiveTtl(boolean checksRenewLeases) {
        if (!checksRenewLeases || ttl == 0 || healthCheck == null || !healthCheck.checksActively()) {
            return ttl;
        }
        return Math.max(ttl, healthCheck.twoWithin());
    }
}
