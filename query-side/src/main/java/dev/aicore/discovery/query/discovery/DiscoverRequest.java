package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.balancing.BalancingStrategy;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Parsed discover request.
 *
 * @param hashKey key of hashing strategies; null for the caller's address
 * @param limit maximum number of instances to return, at least 1
 * @param wanted required position; its patience is also the maximum wait for an index
 * @param index null to answer at once; otherwise the answer waits until the service's index is greater
 * @param moment point in the past; null for now
 */
record DiscoverRequest(
        DiscoverFilter filters,
        BalancingStrategy strategy,
        @Nullable String hashKey,
        int limit,
        ConsistencyRequirement wanted,
        @Nullable Long index,
        @Nullable AsOfPoint moment) {

    /** All strategies by name. */
    static final Choices<BalancingStrategy> STRATEGIES =
            Choices.of(List.of(BalancingStrategy.values()), BalancingStrategy::jsonName);

    private static final int MAX_LIMIT = 1_000;
    private static final int ALL = Integer.MAX_VALUE;
    private static final TextConstraint HASH_KEY = TextConstraint.nonEmpty(1_024);

    /**
     * Parses the parameters of a request.
     *
     * @param headers of the same request
     * @param defaultStrategy strategy if the request names none
     * @throws dev.aicore.discovery.api.error.RegistryException {@code validation_failed} if a parameter is invalid
     */
    static DiscoverRequest of(QueryParameters queryParameters, HttpHeaders headers, BalancingStrategy defaultStrategy) {
        var balancingStrategy = queryParameters.choiceOr("load_balancing_strategy", STRATEGIES, defaultStrategy);
        Integer limit = queryParameters.integerOrNull("limit", 1, MAX_LIMIT);
        var requirement = ConsistencyRequirement.of(queryParameters);
        var discoverFilter = DiscoverFilter.of(queryParameters);
        String hashKey = queryParameters.textOrNull("hash_key", HASH_KEY);
        var asOf = AsOfParameter.of(queryParameters, headers);
        Long index = queryParameters.numberOrNull("index", 0, Long.MAX_VALUE);
        if (index != null && queryParameters.has("min_position")) {
            queryParameters.reject("min_position", "can't be combined with 'index'", "one of them");
        }
        if (index != null && asOf != null) {
            queryParameters.reject("index", "can't be combined with a point in the past", "one of them");
        }
        queryParameters.validate();
        return new DiscoverRequest(
                discoverFilter, balancingStrategy, hashKey, limit == null ? ALL : limit, requirement, index, asOf);
    }

    /** Returns true if no limit was given; a caller that has all instances can choose among them on its own. */
    boolean hasNoLimit() {
        return limit == ALL;
    }

    /** Returns the key of hashing strategies. */
    String key(Caller caller) {
        return strategy == BalancingStrategy.IP_HASH || hashKey == null ? caller.sourceAddress() : hashKey;
    }
}
