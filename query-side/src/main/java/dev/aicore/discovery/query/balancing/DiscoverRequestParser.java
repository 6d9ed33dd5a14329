package dev.aicore.discovery.query.balancing;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.config.settings.HeapShare;
import dev.aicore.discovery.query.asof.AsOfParameter;
import dev.aicore.discovery.web.QueryParameters;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** What requests ask for. Callers ask the same again and again: what was understood once is remembered for a while. */
final class DiscoverRequestParser {

    private static final long MAX_BYTES =
            Math.min(20_000_000, HeapShare.ofPercent(2).toBytes());

    private final BalancingStrategy usual;
    private final Cache<String, DiscoverRequest> understood = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((String query, DiscoverRequest of) ->
                    2 * query.length() + of.filters().bytes())
            .executor(Runnable::run)
            .build();

    /** @param usual the strategy of who names none */
    DiscoverRequestParser(BalancingStrategy usual) {
        this.usual = usual;
    }

    /** @throws dev.aicore.discovery.api.error.RegistryException if it can't be taken */
    DiscoverRequest of(QueryParameters queryParameters, HttpHeaders headers) {
        return DiscoverRequest.of(queryParameters, headers, usual);
    }

    /** The same, by the text of its parameters where they say all. */
    DiscoverRequest of(ServerHttpRequest request) {
        String text = request.getURI().getRawQuery();
        if (text == null || AsOfParameter.isByHeader(request.getHeaders())) {
            return of(QueryParameters.of(request), request.getHeaders());
        }
        var known = understood.getIfPresent(text);
        if (known == null) {
            known = of(QueryParameters.of(request), request.getHeaders());
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
