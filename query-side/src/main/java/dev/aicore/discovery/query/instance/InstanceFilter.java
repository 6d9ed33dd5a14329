package dev.aicore.discovery.query.instance;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.HostNormalizer;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Selects the present instances of a list.
 *
 * @param service name of the service; null for all services
 * @param reach service scope of the caller; null for all services
 * @param statuses accepted statuses; empty for any
 * @param declared members that a declaration must contain with equal values; an array must contain the given elements.
 * Empty for any
 */
record InstanceFilter(
        @Nullable String service,
        @Nullable ServiceScope reach,
        Set<InstanceStatus> statuses,
        Map<String, Object> declared) {

    private static final int MAX_TAGS = 64;
    private static final int MAX_METADATA = 64;
    private static final TextConstraint SHORT = TextConstraint.nonEmpty(128);
    private static final TextConstraint SHORT_OR_EMPTY = TextConstraint.upTo(128);
    private static final TextConstraint VALUE = TextConstraint.upTo(1_024);
    private static final Choices<InstanceStatus> STATUSES =
            Choices.of(List.of(InstanceStatus.values()), InstanceStatus::jsonName);

    InstanceFilter {
        statuses = Set.copyOf(statuses);
        declared = Map.copyOf(declared);
    }

    /** Returns a filter that accepts all instances of a service, or of all services if it is null. */
    static InstanceFilter ofService(@Nullable String service) {
        return new InstanceFilter(service, null, Set.of(), Map.of());
    }

    /** Parses the parameters of a request, including the service; violations are collected in the parameters. */
    static InstanceFilter of(QueryParameters queryParameters, @Nullable ServiceScope scope) {
        return of(queryParameters.textOrNull("service_name", QueryNameRules.SERVICE), scope, queryParameters);
    }

    /** Parses the parameters of a request for one service; violations are collected in the parameters. */
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

    /** Returns every combination of states, as {@link #state} formats it, that results in one of the statuses. */
    List<String> states() {
        var states = new ArrayList<String>();
        for (var adminState : AdminState.values()) {
            for (var lease : LeaseState.values()) {
                for (var healthState : HealthState.values()) {
                    for (var breakerState : BreakerState.values()) {
                        if (statuses.contains(InstanceStatus.of(adminState, lease, healthState, breakerState))) {
                            states.add(state(
                                    adminState.jsonName(),
                                    lease.jsonName(),
                                    healthState.jsonName(),
                                    breakerState.jsonName()));
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

    /** Returns the address in the stored form, so that {@code [2001:DB8::1]} matches {@code 2001:db8::1}. */
    private static @Nullable String address(QueryParameters queryParameters) {
        String written = queryParameters.textOrNull("address", VALUE);
        String normal = written == null ? null : HostNormalizer.normalize(written);
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
