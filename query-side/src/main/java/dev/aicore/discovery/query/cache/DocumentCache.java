package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.readmodel.cache.CachedInstance;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Caches the parsed instances of documents by service. While Redis returns the same text, it isn't parsed again.
 * Bounded by the total length of the texts; evicts the least recently used documents first. Thread-safe.
 */
final class DocumentCache {

    private final long maxCharacters;
    private final boolean checksRenewLeases;
    private final LinkedHashMap<String, CachedDocument> cache = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    /**
     * Creates an empty cache.
     *
     * @param maxCharacters maximum total length of the cached texts in characters; a longer text is parsed at each
     * read
     * @param checksRenewLeases whether a passed active check counts as a heartbeat
     */
    DocumentCache(long maxCharacters, boolean checksRenewLeases) {
        this.maxCharacters = maxCharacters;
        this.checksRenewLeases = checksRenewLeases;
    }

    private record CachedDocument(String text, List<InstanceView> instances) {}

    /** Returns the instances in a text; an empty list if there are none, or the text can't be parsed. */
    List<InstanceView> of(String service, String text) {
        var known = find(service);
        if (known != null && known.text().equals(text)) {
            return known.instances();
        }
        var read = CachedInstance.parse(text, checksRenewLeases);
        if (!read.isEmpty()) {
            put(service, new CachedDocument(text, read));
        }
        return read;
    }

    synchronized int size() {
        return cache.size();
    }

    private synchronized @Nullable CachedDocument find(String service) {
        return cache.get(service);
    }

    private synchronized void put(String service, CachedDocument document) {
        if (document.text().length() > maxCharacters) {
            return;
        }
        var before = cache.put(service, document);
        characters +=
                document.text().length() - (before == null ? 0 : before.text().length());
        var oldest = cache.entrySet().iterator();
        while (characters > maxCharacters) {
            characters -= oldest.next().getValue().text().length();
            oldest.remove();
        }
    }
}
