package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.access.Reach;
import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.api.instance.Status;
import dev.aicore.discovery.config.web.Hosts;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which of the present instances a list is of.
 *
 * @param service those of one service; null for all services
 * @param statuses any of them; empty for any
 * @param reach the services that the caller is bound to; null for all
 * @param declared members that a declaration must have, values and all; arrays must contain those of the member. Empty for any
 */
record Selection(@Nullable String service, @Nullable Reach reach, Set<Status> statuses, Map<String, Object> declared) {

    private static final int MOST_TAGS = 64;
    private static final int MOST_METADATA = 64;
    private static final Text SHORT = Text.filled(128);
    private static final Text SHORT_OR_EMPTY = Text.upTo(128);
    private static final Text VALUE = Text.upTo(1_024);
    private static final Map<String, Status> STATUSES = Arrays.stream(Status.values())
            .collect(Collectors.toMap(Status::word, Function.identity(), (a, b) -> a, LinkedHashMap::new));

    Selection {
        statuses = Set.copyOf(statuses);
        declared = Map.copyOf(declared);
    }

    /** From the parameters of a request, the service among them; violations stay with the query. */
    static Selection of(Query query, @Nullable Reach reach) {
        return of(query.textOrNull("service_name", Names.SERVICE), reach, query);
    }

    /** From the parameters of a request that is about one service. */
    static Selection of(@Nullable String service, @Nullable Reach reach, Query query) {
        var declared = new LinkedHashMap<String, Object>();
        put(declared, "version", query.textOrNull("version", SHORT_OR_EMPTY));
        put(declared, "zone", query.textOrNull("zone", SHORT_OR_EMPTY));
        put(declared, "address", address(query));
        var tags = query.list("tag", MOST_TAGS, SHORT);
        put(declared, "tags", tags.isEmpty() ? null : tags);
        var metadata = query.prefixed("metadata.", MOST_METADATA, SHORT, VALUE);
        put(declared, "metadata", metadata.isEmpty() ? null : metadata);
        return new Selection(service, reach, Set.copyOf(query.choices("status", STATUSES)), declared);
    }

    /** Each way, as {@link #state} writes it, in which an instance can have one of the statuses. */
    List<String> states() {
        var states = new ArrayList<String>();
        for (var declared : Declared.values()) {
            for (var lease : LeaseState.values()) {
                for (var health : Health.values()) {
                    for (var breaker : Breaker.values()) {
                        if (statuses.contains(Status.of(declared, lease, health, breaker))) {
                            states.add(state(declared.word(), lease.word(), health.word(), breaker.word()));
                        }
                    }
                }
            }
        }
        return states;
    }

    private static String state(String declared, String lease, String health, String breaker) {
        return String.join(" ", declared, lease, health, breaker);
    }

    /** In the form in which addresses are kept, so that {@code [2001:DB8::1]} finds {@code 2001:db8::1}. */
    private static @Nullable String address(Query query) {
        String written = query.textOrNull("address", VALUE);
        String normal = written == null ? null : Hosts.normal(written);
        if (written != null && normal == null) {
            query.reject("address", "is neither an IP address nor a host name", Hosts.EXPECTED);
        }
        return normal;
    }

    private static void put(Map<String, Object> declared, String member, @Nullable Object value) {
        if (value != null) {
            declared.put(member, value);
        }
    }
}
