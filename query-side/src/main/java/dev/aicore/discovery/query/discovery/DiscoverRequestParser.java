package dev.aicore.discovery.query.discovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.config.settings.HeapShare;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.web.QueryParameters;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;

/** Parses discover requests. Callers repeat the same requests, so results are cached by query string. */
final class DiscoverRequestParser {

    private static final long MAX_BYTES =
            Math.min(20_000_000, HeapShare.ofPercent(2).toBytes());

    private final BalancingStrategy defaultStrategy;
    private final Cache<String, DiscoverRequest> cache = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((String query, DiscoverRequest of) ->
                    2 * query.length() + of.filters().bytes())
            .executor(Runnable::run)
            .build();

    /**
     * Creates a parser with an empty cache.
     *
     * @param defaultStrategy strategy if a request names none
     */
    DiscoverRequestParser(BalancingStrategy defaultStrategy) {
        this.defaultStrategy = defaultStrategy;
    }

    /**
     * Parses parameters and headers, without the cache.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException {@code validation_failed} if a parameter is invalid
     */
    DiscoverRequest of(QueryParameters queryParameters, HttpHeaders headers) {
        return DiscoverRequest.of(queryParameters, headers, defaultStrategy);
    }

    /**
     * Returns the cached result for the query string, unless a header also determines the request.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException {@code validation_failed} if a parameter is invalid
     */
    DiscoverRequest of(ServerHttpRequest request) {
        String text = request.getURI().getRawQuery();
        if (text == null || AsOfParameter.isByHeader(request.getHeaders())) {
            return of(QueryParameters.of(request), request.getHeaders());
        }
        var known = cache.getIfPresent(text);
        if (known == null) {
            known = of(QueryParameters.of(request), request.getHeaders());
            cache.put(text, known);
        }
        return known;
    }

    /** Returns the number of cached requests. */
    long cacheSize() {
        cache.cleanUp();
        return cache.estimatedSize();
    }
}
