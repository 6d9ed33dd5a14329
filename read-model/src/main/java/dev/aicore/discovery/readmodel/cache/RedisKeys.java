package dev.aicore.discovery.readmodel.cache;

/**
 * Names of the keys and channels in Redis.
 *
 * @param prefix prefix of all names, so that a Redis can be shared with other applications
 */
public record RedisKeys(String prefix) {

    /**
     * Version of the representation of documents and epoch. Must be raised with each change of the representation, so
     * that nodes of different versions never read each other's documents.
     */
    private static final String VERSION = "v2:";

    /** Returns the key of the {@link CacheEpoch}, which distinguishes an empty cache from a flushed one. */
    public String epoch() {
        return prefix + VERSION + "epoch";
    }

    /** Returns the key of the document of a service, which {@link DocumentHeader} describes. */
    public String service(String name) {
        return prefix + VERSION + "service:" + name;
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
