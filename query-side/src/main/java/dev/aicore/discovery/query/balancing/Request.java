package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Text;
import dev.aicore.discovery.query.moment.Asked;
import dev.aicore.discovery.query.watermark.Wanted;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * What a caller asks of discovery.
 *
 * @param hashKey null for the caller's address
 * @param limit most instances to answer, at least 1
 * @param wanted how long to wait for an index as well
 * @param index null to be answered at once, else what the service's index must pass
 * @param moment null for now
 */
record Request(
        Filters filters,
        Strategy strategy,
        @Nullable String hashKey,
        int limit,
        Wanted wanted,
        @Nullable Long index,
        @Nullable Moment moment) {

    private static final int LARGEST_LIMIT = 1_000;
    private static final int ALL = Integer.MAX_VALUE;
    private static final Text HASH_KEY = Text.filled(1_024);

    /**
     * From the parameters of a request.
     *
     * @param headers of the same request
     * @param usual the strategy of who names none
     * @throws dev.aicore.discovery.api.error.RegistryException if they can't be taken
     */
    static Request of(Query query, HttpHeaders headers, Strategy usual) {
        var strategy = query.choiceOr("load_balancing_strategy", Strategy.byWord(), usual);
        Integer limit = query.integerOrNull("limit", 1, LARGEST_LIMIT);
        var wanted = Wanted.of(query);
        var filters = Filters.of(query);
        String hashKey = query.textOrNull("hash_key", HASH_KEY);
        var moment = Asked.of(query, headers);
        Long index = query.numberOrNull("index", 0, Long.MAX_VALUE);
        if (index != null && query.has("min_position")) {
            query.reject("min_position", "can't be given together with index", "one of them");
        }
        if (index != null && moment != null) {
            query.reject("index", "can't be given together with a moment of the past", "one of them");
        }
        query.orThrow();
        return new Request(filters, strategy, hashKey, limit == null ? ALL : limit, wanted, index, moment);
    }

    /** Returns whether no limit was given: whoever has such an answer can pick from it by themselves. */
    boolean wantsAll() {
        return limit == ALL;
    }

    /** What the strategies hash that do. */
    String key(Caller caller) {
        return strategy == Strategy.IP_HASH || hashKey == null ? caller.sourceAddress() : hashKey;
    }
}
