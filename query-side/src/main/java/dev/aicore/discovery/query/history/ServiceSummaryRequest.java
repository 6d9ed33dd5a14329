package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.history.ServiceSummariesView.ServiceSummary;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.Page;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Filter, order and page of summaries.
 *
 * @param search text that the names of the services contain, in lower case; empty for any
 * @param statuses statuses of which a service must have an instance; empty for any
 * @param after name of the last service of the previous page; null for the first page
 */
record ServiceSummaryRequest(
        String search,
        Set<InstanceStatus> statuses,
        ServiceOrder order,
        @Nullable String after,
        int limit) {

    private static final TextConstraint SEARCH = TextConstraint.nonEmpty(128);
    private static final Choices<InstanceStatus> STATUSES =
            Choices.of(List.of(InstanceStatus.values()), InstanceStatus::jsonName);
    private static final Choices<ServiceOrder> ORDERS =
            Choices.of(List.of(ServiceOrder.values()), ServiceOrder::jsonName);

    ServiceSummaryRequest {
        statuses = Set.copyOf(statuses);
    }

    /** Parses the parameters of a request; violations are collected in the parameters. */
    static ServiceSummaryRequest of(QueryParameters queryParameters) {
        var search = Objects.requireNonNullElse(queryParameters.textOrNull("q", SEARCH), "");
        return new ServiceSummaryRequest(
                search.toLowerCase(Locale.ROOT),
                Set.copyOf(queryParameters.choices("status", STATUSES)),
                queryParameters.choiceOr("order", ORDERS, ServiceOrder.NAME),
                queryParameters.textOrNull("cursor", QueryNameRules.SERVICE),
                Page.limit(queryParameters));
    }

    boolean matches(ServiceSummary summary) {
        return summary.name().toLowerCase(Locale.ROOT).contains(search)
                && (statuses.isEmpty()
                        || statuses.stream()
                                .anyMatch(status -> summary.byStatus().getOrDefault(status.jsonName(), 0L) > 0));
    }
}
