package dev.aicore.discovery.readmodel.cache;

/**
 * Names of the keys and channels in Redis.
 *
 * @param prefix prefix of all names, so that a Redis can be shared with other applications
 */
public record RedisKeys(String prefix) {

    /** Returns the key of the {@link CacheEpoch}, which distinguishes an empty cache from a flushed one. */
    public String epoch() {
        return prefix + "epoch";
    }

    /** Returns the key of the {@link ServiceDocument} of a service. */
    public String service(String name) {
        return prefix + "service:" + name;
    }

    /** Returns the channel on which changed documents are announced. */
    public String changes() {
        return prefix + "changes";
    }

    /** Returns the name of the service whose document has the given key; the inverse of {@link #service}. */
    public String serviceOf(String key) {
        return key.substring(service("").length());
    }

    /** Returns the pattern, in the syntax of SCAN, that matches the keys of all documents. */
    public String services() {
        return service("").replaceAll("([*?\\[\\]^\\\\-])", "\\\\$1") + "*";
    }
}
