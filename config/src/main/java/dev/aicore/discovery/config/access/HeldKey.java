package dev.aicore.discovery.config.access;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.access.KeyIssued;
import dev.aicore.discovery.api.access.KeyRotated;
import dev.aicore.discovery.api.access.KeyView;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What a node knows of one key. Never changed: another one takes its place. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
record HeldKey(
        KeyIssued issued,
        byte[] hash,
        byte @Nullable [] previous,
        @Nullable Instant previousUntil,
        @Nullable Instant rotatedAt,
        @Nullable Instant revokedAt,
        boolean isUsed) {

    static HeldKey of(KeyIssued issued) {
        return new HeldKey(issued, bytes(issued.hash()), null, null, null, null, false);
    }

    HeldKey rotated(KeyRotated rotated) {
        return new HeldKey(
                issued, bytes(rotated.hash()), hash, rotated.previousUntil(), rotated.rotatedAt(), revokedAt, isUsed);
    }

    HeldKey revoked(Instant at) {
        return new HeldKey(issued, hash, previous, previousUntil, rotatedAt, at, isUsed);
    }

    HeldKey used() {
        return new HeldKey(issued, hash, previous, previousUntil, rotatedAt, revokedAt, true);
    }

    boolean isLive(Instant now) {
        var end = issued.expiresAt();
        return !isRevoked() && (end == null || end.isAfter(now));
    }

    /** Forgotten, it would be taken for one that is still to be issued. There are hardly any. */
    boolean isOfFirstStart() {
        return issued.envelope().role().equals(Envelope.REGISTRY);
    }

    boolean isRevoked() {
        return revokedAt != null;
    }

    /** Whether a key with that hash is this one, or for a while the one before. Takes as long whatever differs. */
    boolean matches(byte[] shown, Instant now) {
        boolean present = MessageDigest.isEqual(hash, shown);
        return present
                || (previous != null
                        && previousUntil != null
                        && previousUntil.isAfter(now)
                        && MessageDigest.isEqual(previous, shown));
    }

    Identity identity() {
        var end = issued.expiresAt();
        return new Identity(
                issued.principal(), issued.role(), issued.keyId(), end == null ? Long.MAX_VALUE : end.toEpochMilli());
    }

    KeyView view() {
        return new KeyView(
                issued.keyId(),
                ApiKey.prefix(issued.keyId()),
                issued.principal(),
                issued.role(),
                issued.description(),
                issued.envelope().actor(),
                issued.issuedAt(),
                rotatedAt,
                issued.expiresAt(),
                revokedAt);
    }

    private static byte[] bytes(String hash) {
        return HexFormat.of().parseHex(hash);
    }
}
