package dev.aicore.discovery.query.balancing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.config.settings.HeapShare;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.moment.Asked;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** What requests ask for. Callers ask the same again and again: what was understood once is remembered for a while. */
final class Requests {

    private static final long MOST_BYTES =
            Math.min(20_000_000, HeapShare.ofPercent(2).toBytes());

    private final Strategy usual;
    private final Cache<String, Request> understood = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((String query, Request of) ->
                    2 * query.length() + of.filters().bytes())
            .executor(Runnable::run)
            .build();

    /** @param usual the strategy of who names none */
    Requests(Strategy usual) {
        this.usual = usual;
    }

    /** @throws dev.aicore.discovery.api.error.RegistryException if it can't be taken */
    Request of(Query query, HttpHeaders headers) {
        return Request.of(query, headers, usual);
    }

    /** The same, by the text of its parameters where they say all. */
    Request of(ServerHttpRequest request) {
        String text = request.getURI().getRawQuery();
        if (text == null || Asked.isByHeader(request.getHeaders())) {
            return of(Query.of(request), request.getHeaders());
        }
        var known = understood.getIfPresent(text);
        if (known == null) {
            known = of(Query.of(request), request.getHeaders());
            understood.put(text, known);
        }
        return known;
    }

    /** How many it remembers. */
    long remembered() {
        understood.cleanUp();
        return understood.estimatedSize();
    }
}
