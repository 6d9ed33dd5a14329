package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.UptimeView;
import dev.aicore.discovery.api.history.UptimeView.InstanceUptime;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.QueryParameters;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Page of the instances whose availability is returned. The whole service is computed in any case, so a cursor is the
 * number of instances on earlier pages.
 *
 * @param limit null for all instances
 */
record UptimePage(Order order, @Nullable Integer limit, int start) {

    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_START = 1_000_000;

    private static final Comparator<InstanceUptime> BY_ID = Comparator.comparing(InstanceUptime::id);

    /** Instances that should never have been healthy are last. */
    private static final Comparator<InstanceUptime> WORST_FIRST = Comparator.<InstanceUptime>comparingDouble(
                    uptime -> Objects.requireNonNullElse(uptime.availability(), 2.0))
            .thenComparing(Comparator.comparingInt(InstanceUptime::outages).reversed())
            .thenComparing(BY_ID);

    /** Order of the instances. */
    enum Order {
        ID,
        /** Least available first. */
        WORST;

        private String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Choices<Order> ORDERS = Choices.of(List.of(Order.values()), Order::jsonName);

    static UptimePage of(QueryParameters queryParameters) {
        return new UptimePage(
                queryParameters.choiceOr("order", ORDERS, Order.ID),
                queryParameters.integerOrNull("limit", 1, MAX_LIMIT),
                queryParameters.integerOr("cursor", 0, MAX_START, 0));
    }

    UptimeView select(UptimeView all) {
        var instances = all.instances().stream()
                .sorted(order == Order.WORST ? WORST_FIRST : BY_ID)
                .skip(start)
                .limit(limit == null ? Long.MAX_VALUE : limit)
                .toList();
        return new UptimeView(
                all.serviceName(),
                all.from(),
                all.to(),
                all.availability(),
                all.total(),
                all.outages(),
                all.flaps(),
                instances);
    }

    /** Returns the cursor of the next page; null after the last one. */
    @Nullable
    String next(UptimeView all) {
        return limit == null || start + limit >= all.total() ? null : Integer.toString(start + limit);
    }
}
