package dev.aicore.discovery.readmodel.redis;

/**
 * The names of keys and channels.
 *
 * @param prefix of all of them, so that a Redis can be shared with others
 */
public record RedisKeys(String prefix) {

    /** Tells an empty cache from one that was flushed: see {@link CacheEpoch}. */
    public String epoch() {
        return prefix + "epoch";
    }

    /** The document of a service: see {@link ServiceDocument}. */
    public String service(String name) {
        return prefix + "service:" + name;
    }

    /** The channel on which changed documents are announced. */
    public String changes() {
        return prefix + "changes";
    }

    /** The opposite of {@link #service}. */
    public String serviceOf(String key) {
        return key.substring(service("").length());
    }

    /** A pattern of all keys of documents, as SCAN takes it. */
    public String services() {
        return service("").replaceAll("([*?\\[\\]^\\\\-])", "\\\\$1") + "*";
    }
}
