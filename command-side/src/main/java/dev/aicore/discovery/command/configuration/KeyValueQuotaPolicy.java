package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.Outcome.Refused;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.command.configuration.KeyValueIndex.KeyUsage;
import dev.aicore.discovery.command.configuration.KeyValueIndex.StoredKey;
import dev.aicore.discovery.config.settings.KeyValueSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Limits the keys and their bytes, in total and per principal. A write that needs no more than before passes, even if a
 * limit was lowered. Replaying events needs no limits.
 */
final class KeyValueQuotaPolicy {

    private final KeyValueSettings limits;

    KeyValueQuotaPolicy(KeyValueSettings limits) {
        this.limits = limits;
    }

    /**
     * Returns a refusal if a limit would be exceeded; else empty.
     *
     * @param before present value; null for a new key
     * @param bytes size of key and new value
     */
    Optional<Refused> check(KeyValueIndex index, @Nullable StoredKey before, int bytes, String principal) {
        int keys = before == null ? 1 : 0;
        long more = before == null ? bytes : bytes - before.bytes();
        boolean isOwn = before != null && before.principal().equals(principal);
        return exceeds(
                        index.usage(),
                        keys,
                        more,
                        limits.maxKeys(),
                        limits.maxBytes().toBytes(),
                        "")
                .or(() -> exceeds(
                        index.usageOf(principal),
                        isOwn ? 0 : 1,
                        isOwn ? more : bytes,
                        limits.maxKeysPerPrincipal(),
                        limits.maxBytesPerPrincipal().toBytes(),
                        "_per_principal"));
    }

    private static Optional<Refused> exceeds(
            KeyUsage usage, int keys, long bytes, int maxKeys, long maxBytes, String suffix) {
        if (keys > 0 && usage.keys() + keys > maxKeys) {
            return Optional.of(refusal("keys", maxKeys, "max_keys" + suffix));
        }
        return bytes > 0 && usage.bytes() + bytes > maxBytes
                ? Optional.of(refusal("bytes", maxBytes, "max_bytes" + suffix))
                : Optional.empty();
    }

    private static Refused refusal(String unit, long max, String setting) {
        return new Refused(
                ErrorCode.QUOTA_EXCEEDED,
                "The maximum of " + max + " " + unit + " in the key/value store is reached (registry.key_values."
                        + setting + ").");
    }
}
