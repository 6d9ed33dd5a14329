package dev.aicore.discovery.api.testing;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.lease.LeaseExpired;
import java.time.Instant;

/** Builds {@link LeaseExpired}. */
public final class LeaseExpiredBuilder {

    private final String id;
    private final String service;
    private Instant silentSince = Instant.EPOCH;
    private int ttl = 30;
    private Instant expiredAt = Instant.EPOCH;
    private Instant removeAt = Instant.EPOCH;
    private String cause = "No heartbeat for its ttl.";

    private LeaseExpiredBuilder(String id, String service) {
        this.id = id;
        this.service = service;
    }

    /** Returns a builder of the expiry of a lease of 30 s. */
    public static LeaseExpiredBuilder aLeaseExpired(String id, String service) {
        return new LeaseExpiredBuilder(id, service);
    }

    public LeaseExpiredBuilder silentSince(Instant value) {
        silentSince = value;
        return this;
    }

    public LeaseExpiredBuilder ttl(int seconds) {
        ttl = seconds;
        return this;
    }

    public LeaseExpiredBuilder expiredAt(Instant value) {
        expiredAt = value;
        return this;
    }

    public LeaseExpiredBuilder removeAt(Instant value) {
        removeAt = value;
        return this;
    }

    public LeaseExpiredBuilder cause(String value) {
        cause = value;
        return this;
    }

    public LeaseExpired build() {
        return new LeaseExpired(
                id, service, silentSince, ttl, expiredAt, removeAt, cause, EventMetadata.ofRegistry("lease"));
    }
}
