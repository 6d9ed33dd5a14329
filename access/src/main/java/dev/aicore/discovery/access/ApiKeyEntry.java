package dev.aicore.discovery.access;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ApiKeyView;
import dev.aicore.discovery.api.access.KeyIssued;
import dev.aicore.discovery.api.access.KeyRotated;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What a node knows of one key. Never changed: another one takes its place. */
record ApiKeyEntry(
        KeyIssued issued,
        Secret present,
        @Nullable Secret previous,
        @Nullable Instant revokedAt,
        boolean isUsed) {

    /**
     * What it is shown by.
     *
     * @param since when it became the key's
     * @param until so long it is taken; null while it is the present one
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    record Secret(byte[] hash, Instant since, @Nullable Instant until) {

        private static Secret of(String hash, Instant since) {
            return new Secret(HexFormat.of().parseHex(hash), since, null);
        }

        /** Takes as long whatever differs. */
        boolean matches(byte[] shown) {
            return MessageDigest.isEqual(hash, shown);
        }

        boolean isTaken(Instant now) {
            return until == null || until.isAfter(now);
        }
    }

    static ApiKeyEntry of(KeyIssued issued) {
        return new ApiKeyEntry(issued, Secret.of(issued.hash(), issued.issuedAt()), null, null, false);
    }

    ApiKeyEntry rotated(KeyRotated rotated) {
        var outgoing = new Secret(present.hash(), present.since(), rotated.previousUntil());
        return new ApiKeyEntry(issued, Secret.of(rotated.hash(), rotated.rotatedAt()), outgoing, revokedAt, isUsed);
    }

    ApiKeyEntry revoked(Instant at) {
        return new ApiKeyEntry(issued, present, previous, at, isUsed);
    }

    ApiKeyEntry used() {
        return new ApiKeyEntry(issued, present, previous, revokedAt, true);
    }

    boolean isLive(Instant now) {
        var end = issued.expiresAt();
        return !isRevoked() && (end == null || end.isAfter(now));
    }

    /** Forgotten, it would be taken for one that is still to be issued. There are hardly any. */
    boolean isOfFirstStart() {
        return issued.envelope().role().equals(EventMetadata.REGISTRY);
    }

    boolean isRevoked() {
        return revokedAt != null;
    }

    /** Its secret of that hash, which for a while may be the one before; null if it has none. */
    @Nullable
    Secret secret(byte[] shown, Instant now) {
        if (present.matches(shown)) {
            return present;
        }
        return previous != null && previous.isTaken(now) && previous.matches(shown) ? previous : null;
    }

    /** Whether the secret that became its own then is taken still. */
    boolean takes(long since, Instant now) {
        return present.since().toEpochMilli() == since
                || (previous != null && previous.since().toEpochMilli() == since && previous.isTaken(now));
    }

    /** Of whoever shows that secret of it. */
    Identity identity(Secret shown) {
        return new Identity(
                issued.principal(),
                issued.role(),
                issued.keyId(),
                shown.since().toEpochMilli(),
                Math.min(millis(issued.expiresAt()), millis(shown.until())));
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
