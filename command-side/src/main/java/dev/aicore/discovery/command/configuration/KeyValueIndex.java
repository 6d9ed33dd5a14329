package dev.aicore.discovery.command.configuration;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.configuration.ConfigurationETag;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueDeleted;
import dev.aicore.discovery.api.configuration.KeyValueFact.KeyValueStored;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Index of the present keys: version, size and digest of each, without its value. */
final class KeyValueIndex {

    private final NavigableMap<String, StoredKey> keys = new TreeMap<>();
    private final Map<String, KeyUsage> usageByPrincipal = new HashMap<>();
    private KeyUsage usage = KeyUsage.NONE;
    private int lastVersion;

    KeyValueIndex() {}

    /** Creates an index with the state of a snapshot. */
    KeyValueIndex(int lastVersion, Map<String, StoredKey> keys) {
        this.lastVersion = lastVersion;
        keys.forEach(this::put);
    }

    /**
     * Present value of a key.
     *
     * @param digest SHA-256 digest of value and flags as 43 characters of Base64
     * @param bytes size of key and value
     * @param principal principal who stored the value
     */
    record StoredKey(int version, String digest, int bytes, String principal) {

        static StoredKey of(KeyValueStored stored) {
            return new StoredKey(
                    stored.version(),
                    digestOf(stored.flags(), stored.value()),
                    size(stored.key(), stored.value()),
                    stored.envelope().actor());
        }

        /** Returns true if this is the value, with the same flags. */
        boolean hasValue(long flags, String value) {
            return digest.equals(digestOf(flags, value));
        }
    }

    /** Number and size of keys. */
    record KeyUsage(int keys, long bytes) {

        static final KeyUsage NONE = new KeyUsage(0, 0);

        KeyUsage plus(int moreKeys, long moreBytes) {
            return new KeyUsage(keys + moreKeys, bytes + moreBytes);
        }
    }

    /** Applies a change. */
    void apply(KeyValueStored stored) {
        remove(stored.key());
        put(stored.key(), StoredKey.of(stored));
        lastVersion = stored.version();
    }

    /** Applies a deletion. */
    void apply(KeyValueDeleted deleted) {
        remove(deleted.key());
    }

    /** Returns the present value of a key; null if it doesn't exist. */
    @Nullable
    StoredKey get(String key) {
        return keys.get(key);
    }

    /** Returns the keys that begin with a prefix, in order. */
    List<Map.Entry<String, StoredKey>> startingWith(String prefix) {
        var found = new ArrayList<Map.Entry<String, StoredKey>>();
        for (var entry : keys.tailMap(prefix, true).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                break;
            }
            found.add(entry);
        }
        return found;
    }

    Map<String, StoredKey> keys() {
        return keys;
    }

    /** Returns the version of the last change of any key, even if the key was deleted; 0 before the first one. */
    int lastVersion() {
        return lastVersion;
    }

    KeyUsage usage() {
        return usage;
    }

    KeyUsage usageOf(String principal) {
        return usageByPrincipal.getOrDefault(principal, KeyUsage.NONE);
    }

    /** Returns the tag of a present value; null if there is none. */
    static @Nullable String tag(@Nullable StoredKey present) {
        return present == null ? null : ConfigurationETag.ofVersion(present.version());
    }

    /**
     * Returns the number of bytes of a key and a value.
     *
     * @param value Base64 with padding
     */
    static int size(String key, String value) {
        int padding = value.endsWith("==") ? 2 : value.endsWith("=") ? 1 : 0;
        return key.getBytes(UTF_8).length + value.length() / 4 * 3 - padding;
    }

    private void put(String key, StoredKey stored) {
        keys.put(key, stored);
        count(stored, 1);
    }

    private void remove(String key) {
        var before = keys.remove(key);
        if (before != null) {
            count(before, -1);
        }
    }

    private void count(StoredKey stored, int sign) {
        long bytes = (long) sign * stored.bytes();
        usage = usage.plus(sign, bytes);
        var own = usageOf(stored.principal()).plus(sign, bytes);
        if (own.keys() == 0) {
            usageByPrincipal.remove(stored.principal());
        } else {
            usageByPrincipal.put(stored.principal(), own);
        }
    }

    private static String digestOf(long flags, String value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest((flags + ":" + value).getBytes(UTF_8));
            return Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
