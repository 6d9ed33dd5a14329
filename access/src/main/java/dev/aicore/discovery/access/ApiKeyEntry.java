package dev.aicore.discovery.access;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyIssued;
import dev.aicore.discovery.api.access.ApiKeyFact.KeyRotated;
import dev.aicore.discovery.api.access.ApiKeyView;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** State of one key in the memory of a node. Immutable: changes return a new entry. */
record ApiKeyEntry(
        KeyIssued issued,
        Secret present,
        @Nullable Secret previous,
        @Nullable Instant revokedAt,
        @Nullable Instant sessionsEndedAt,
        boolean isUsed) {

    /**
     * A secret of the key.
     *
     * @param since time at which it became the key's secret
     * @param until end of its validity; null for the current secret
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never exposed
    record Secret(byte[] hash, Instant since, @Nullable Instant until) {

        private static Secret of(String hash, Instant since) {
            return new Secret(HexFormat.of().parseHex(hash), since, null);
        }

        /** Compares in constant time. */
        boolean matches(byte[] shown) {
            return MessageDigest.isEqual(hash, shown);
        }

        boolean isTaken(Instant now) {
            return until == null || until.isAfter(now);
        }
    }

    static ApiKeyEntry of(KeyIssued issued) {
        return new ApiKeyEntry(issued, Secret.of(issued.hash(), issued.issuedAt()), null, null, null, false);
    }

    ApiKeyEntry rotated(KeyRotated rotated) {
        var outgoing = new Secret(present.hash(), present.since(), rotated.previousUntil());
        var next = Secret.of(rotated.hash(), rotated.rotatedAt());
        return new ApiKeyEntry(issued, next, outgoing, revokedAt, sessionsEndedAt, isUsed);
    }

    ApiKeyEntry revoked(Instant at) {
        return new ApiKeyEntry(issued, present, previous, at, sessionsEndedAt, isUsed);
    }

    ApiKeyEntry withUsed() {
        return new ApiKeyEntry(issued, present, previous, revokedAt, sessionsEndedAt, true);
    }

    ApiKeyEntry withSessionsEnded(Instant at) {
        return new ApiKeyEntry(issued, present, previous, revokedAt, at, isUsed);
    }

    /** Returns true if a session that was started at a time, in milliseconds since 1970, hasn't been ended. */
    boolean acceptsSessionSince(long startedAt) {
        return sessionsEndedAt == null || startedAt > sessionsEndedAt.toEpochMilli();
    }

    boolean isLive(Instant now) {
        var end = issued.expiresAt();
        return !isRevoked() && (end == null || end.isAfter(now));
    }

    /**
     * Returns true if the registry issued the key at its first start (bootstrap admin key). Such keys are never
     * evicted, or the next start would issue them again. They are few.
     */
    boolean isBootstrapKey() {
        return issued.envelope().role().equals(EventMetadata.REGISTRY);
    }

    boolean isRevoked() {
        return revokedAt != null;
    }

    /**
     * Returns the secret with this hash: the current one, or the previous one during its transition period; null if
     * none matches.
     */
    @Nullable
    Secret secret(byte[] shown, Instant now) {
        if (present.matches(shown)) {
            return present;
        }
        return previous != null && previous.isTaken(now) && previous.matches(shown) ? previous : null;
    }

    /**
     * Returns true if the secret that became the key's at this time is still valid.
     *
     * @param since milliseconds since 1970
     */
    boolean acceptsSecretSince(long since, Instant now) {
        return present.since().toEpochMilli() == since
                || (previous != null && previous.since().toEpochMilli() == since && previous.isTaken(now));
    }

    /** Returns the identity of a caller that presents this secret of the key. */
    Identity identity(Secret presented) {
        return new Identity(
                issued.principal(),
                issued.role(),
                issued.keyId(),
                presented.since().toEpochMilli(),
                Math.min(millis(issued.expiresAt()), millis(presented.until())));
    }

    ApiKeyView view() {
        return new ApiKeyView(
                issued.keyId(),
                ApiKey.prefix(issued.keyId()),
                issued.principal(),
                issued.role(),
                issued.description(),
                issued.envelope().actor(),
                issued.issuedAt(),
                previous == null ? null : present.since(),
                issued.expiresAt(),
                revokedAt);
    }

    private static long millis(@Nullable Instant end) {
        return end == null ? Long.MAX_VALUE : end.toEpochMilli();
    }
}
