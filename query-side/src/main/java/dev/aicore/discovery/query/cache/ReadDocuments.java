package dev.aicore.discovery.query.cache;

import dev.aicore.discovery.config.redis.ServiceDocument;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Documents as they were read lately: as long as Redis answers the same text, it needn't be read again. Bounded by the length of
 * all texts; the ones that were asked for longest ago go first. For use by many threads.
 */
final class ReadDocuments {

    private final long mostCharacters;
    private final boolean checksRenewLeases;
    private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    /**
     * None yet.
     *
     * @param mostCharacters of all texts together; a longer one is read each time
     * @param checksRenewLeases whether a passed active check counts as a heartbeat
     */
    ReadDocuments(long mostCharacters, boolean checksRenewLeases) {
        this.mostCharacters = mostCharacters;
        this.checksRenewLeases = checksRenewLeases;
    }

    private record Kept(String text, ServiceDocument document) {}

    /** What the text says; empty if it can't be read. */
    Optional<ServiceDocument> of(String service, @Nullable String text) {
        var known = find(service);
        if (known != null && known.text().equals(text)) {
            return Optional.of(known.document());
        }
        var read = ServiceDocument.of(text, checksRenewLeases);
        if (text != null && read.isPresent()) {
            keep(service, new Kept(text, read.get()));
        }
        return read;
    }

    synchronized int size() {
        return kept.size();
    }

    private synchronized @Nullable Kept find(String service) {
        return kept.get(service);
    }

    private synchronized void keep(String service, Kept document) {
        if (document.text().length() > mostCharacters) {
            return;
        }
        var before = kept.put(service, document);
        characters +=
                document.text().length() - (before == null ? 0 : before.text().length());
        var eldest = kept.entrySet().iterator();
        while (characters > mostCharacters) {
            characters -= eldest.next().getValue().text().length();
            eldest.remove();
        }
    }
}
