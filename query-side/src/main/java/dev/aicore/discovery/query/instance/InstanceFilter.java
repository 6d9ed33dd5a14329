package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.BreakerState;
import dev.aicore.discovery.api.instance.HealthState;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.instance.LeaseState;
import dev.aicore.discovery.web.HostNormalizer;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
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
record InstanceFilter(
        @Nullable String service,
        @Nullable ServiceScope reach,
        Set<InstanceStatus> statuses,
        Map<String, Object> declared) {

    private static final int MAX_TAGS = 64;
    private static final int MAX_METADATA = 64;
    private static final TextConstraint SHORT = TextConstraint.filled(128);
    private static final TextConstraint SHORT_OR_EMPTY = TextConstraint.upTo(128);
    private static final TextConstraint VALUE = TextConstraint.upTo(1_024);
    private static final Map<String, InstanceStatus> STATUSES = Arrays.stream(InstanceStatus.values())
            .collect(Collectors.toMap(InstanceStatus::word, Function.identity(), (a, b) -> a, LinkedHashMap::new));

    InstanceFilter {
        statuses = Set.copyOf(statuses);
        declared = Map.copyOf(declared);
    }

    /** From the parameters of a request, the service among them; violations stay with the query. */
    static InstanceFilter of(QueryParameters queryParameters, @Nullable ServiceScope scope) {
        return of(queryParameters.textOrNull("service_name", QueryNameRules.SERVICE), scope, queryParameters);
    }

    /** From the parameters of a request that is about one service. */
    static InstanceFilter of(@Nullable String service, @Nullable ServiceScope scope, QueryParameters queryParameters) {
        var declared = new LinkedHashMap<String, Object>();
        put(declared, "version", queryParameters.textOrNull("version", SHORT_OR_EMPTY));
        put(declared, "zone", queryParameters.textOrNull("zone", SHORT_OR_EMPTY));
        put(declared, "address", address(queryParameters));
        var tags = queryParameters.list("tag", MAX_TAGS, SHORT);
        put(declared, "tags", tags.isEmpty() ? null : tags);
        var metadata = queryParameters.prefixed("metadata.", MAX_METADATA, SHORT, VALUE);
        put(declared, "metadata", metadata.isEmpty() ? null : metadata);
        return new InstanceFilter(service, scope, Set.copyOf(queryParameters.choices("status", STATUSES)), declared);
    }

    /** Each way, as {@link #state} writes it, in which an instance can have one of the statuses. */
    List<String> states() {
        var states = new ArrayList<String>();
        for (var adminState : AdminState.values()) {
            for (var lease : LeaseState.values()) {
                for (var healthState : HealthState.values()) {
                    for (var breakerState : BreakerState.values()) {
                        if (statuses.contains(InstanceStatus.of(adminState, lease, healthState, breakerState))) {
                            states.add(state(adminState.word(), lease.word(), healthState.word(), breakerState.word()));
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
    private static @Nullable String address(QueryParameters queryParameters) {
        String written = queryParameters.textOrNull("address", VALUE);
        String normal = written == null ? null : HostNormalizer.normal(written);
        if (written != null && normal == null) {
            queryParameters.reject("address", "is neither an IP address nor a host name", HostNormalizer.EXPECTED);
        }
        return normal;
    }

    private static void put(Map<String, Object> declared, String member, @Nullable Object value) {
        if (value != null) {
            declared.put(member, value);
        }
    }
}
