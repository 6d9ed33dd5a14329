package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.readmodel.cache.CacheEpoch;
import dev.aicore.discovery.readmodel.cache.DocumentHeader;
import java.util.List;
import java.util.Optional;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Epoch of the cache and document of a service, both as they were at the same moment: what the epoch confirms for all
 * documents holds for this document.
 *
 * @param epoch empty if it is missing or unreadable
 * @param header empty if the document is missing or unreadable
 * @param instances instances as JSON; an empty text if the document has none
 */
record CacheEntry(Optional<CacheEpoch> epoch, Optional<DocumentHeader> header, String instances) {

    /**
     * Returns the fields of the epoch and of a document, whose keys are passed in this order. Missing fields, and those
     * of a key that is no hash, are empty texts.
     */
    static final RedisScript<List<String>> READ = returningList("""
            local values = {}
            for _, key in ipairs(KEYS) do
                local hash = redis.pcall('HMGET', key, 'store', 'mark', 'position', 'at', 'instances')
                for field = 1, 5 do
                    values[#values + 1] = hash[field] or ''
                end
            end
            return values
            """);

    private static final int HEADER_FIELDS = 4;
    private static final int DOCUMENT_FIELDS = HEADER_FIELDS + 1;

    /** Parses the result of {@link #READ}. */
    static CacheEntry of(List<String> values) {
        var document = values.subList(DOCUMENT_FIELDS, values.size());
        return new CacheEntry(
                CacheEpoch.of(values.subList(0, HEADER_FIELDS)),
                DocumentHeader.of(document.subList(0, HEADER_FIELDS)),
                document.getLast());
    }

    @SuppressWarnings("unchecked")
    private static RedisScript<List<String>> returningList(String script) {
        return RedisScript.of(script, (Class<List<String>>) (Class<?>) List.class);
    }
}
