package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.history.ActionType;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.api.wire.WireTypes.WireType;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.readmodel.ModelTable;
import dev.aicore.discovery.readmodel.database.ScopeCondition;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Selects entries by SQL conditions. */
public final class EntryFilter {

    private static final TextConstraint ACTOR = TextConstraint.nonEmpty(256);
    private static final Choices<ActionType> ACTIONS =
            Choices.of(List.copyOf(ActionType.byJsonName().values()), ActionType::jsonName);
    private static final Choices<String> TYPES = Choices.ofNames(WireTypes.ALL.stream()
            .map(WireType::name)
            .filter(type -> ActionType.of(type) != ActionType.OTHER)
            .distinct()
            .toArray(String[]::new));

    /** Conditions on columns of the audit. */
    private final List<String> conditions = new ArrayList<>();

    /** Conditions on positions only. */
    private final List<String> bounds = new ArrayList<>();

    private final Map<String, Object> values = new LinkedHashMap<>();

    private EntryFilter() {}

    /** Returns a filter for the entries of one instance. */
    static EntryFilter ofInstance(String id) {
        return new EntryFilter().equal("instance_id", "id", id);
    }

    /** Parses the parameters that select a service or an instance; violations are collected in the parameters. */
    static EntryFilter ofActivity(QueryParameters queryParameters) {
        return new EntryFilter()
                .equal("service", "service", queryParameters.textOrNull("service_name", QueryNameRules.SERVICE))
                .equal("instance_id", "id", queryParameters.textOrNull("service_id", NameRules.INSTANCE));
    }

    /** Restricts this filter to entries that concern a service. */
    EntryFilter ofServicesOnly() {
        conditions.add("e.service IS NOT NULL");
        return this;
    }

    /** Parses the parameters of a request except its time range; violations are collected in the parameters. */
    public static EntryFilter of(QueryParameters queryParameters) {
        return new EntryFilter()
                .equal("service", "service", queryParameters.textOrNull("service_name", QueryNameRules.SERVICE))
                .equal("instance_id", "id", queryParameters.textOrNull("service_id", NameRules.INSTANCE))
                .equal("actor", "actor", queryParameters.textOrNull("actor", ACTOR))
                .of(types(queryParameters));
    }

    /** Restricts this filter to entries from a point in time on; null for no restriction. */
    public EntryFilter from(@Nullable AsOfPoint asOf, Instant now) {
        return bound(asOf, Bound.FROM, now);
    }

    /** Restricts this filter to entries up to a point in time; null for no restriction. */
    EntryFilter to(@Nullable AsOfPoint asOf, Instant now) {
        return bound(asOf, Bound.TO, now);
    }

    /**
     * Restricts this filter to entries up to the parameter {@code to}, if it is given; violations are collected in the
     * parameters.
     */
    public EntryFilter to(QueryParameters queryParameters, Instant now) {
        return to(AsOfParser.of(queryParameters, "to"), now);
    }

    /**
     * Restricts this filter to services in a caller's scope. Null permits all services, and entries that concern no
     * service.
     */
    public EntryFilter within(@Nullable ServiceScope scope) {
        if (scope != null) {
            conditions.add(ScopeCondition.condition("e.service"));
            values.put(ScopeCondition.PARAMETER, ScopeCondition.values(scope));
        }
        return this;
    }

    /** Returns a copy of this filter without entries after a position. */
    EntryFilter upTo(long position) {
        var narrower = new EntryFilter();
        narrower.conditions.addAll(conditions);
        narrower.bounds.addAll(bounds);
        narrower.values.putAll(values);
        narrower.bounds.add("e.position <= :up_to");
        narrower.values.put("up_to", position);
        return narrower;
    }

    /** Returns the SQL condition; the table's alias must be {@code e}. */
    public String where() {
        var all = new ArrayList<>(conditions);
        all.addAll(bounds);
        return all.isEmpty() ? "true" : String.join(" AND ", all);
    }

    /** Returns true if the filter uses positions only, so that any table with positions can be filtered by it. */
    public boolean usesPositionsOnly() {
        return conditions.isEmpty();
    }

    /** Returns the values of the SQL parameters. */
    public Map<String, Object> values() {
        return values;
    }

    /**
     * Returns the selected types; null for all. An entry must match both the actions and the types, if both are given.
     */
    private static @Nullable Set<String> types(QueryParameters queryParameters) {
        var actions = queryParameters.choices("action", ACTIONS);
        var types = queryParameters.choices("type", TYPES);
        if (actions.isEmpty() && types.isEmpty()) {
            return null;
        }
        var wanted = actions.isEmpty()
                ? new TreeSet<>(types)
                : actions.stream()
                        .flatMap(actionType -> actionType.types().stream())
                        .collect(Collectors.toCollection(TreeSet::new));
        if (!types.isEmpty()) {
            wanted.retainAll(types);
        }
        return wanted;
    }

    private EntryFilter of(@Nullable Set<String> types) {
        if (types != null) {
            conditions.add("e.type = ANY(:types)");
            values.put("types", types.toArray(String[]::new));
        }
        return this;
    }

    private EntryFilter equal(String column, String name, @Nullable Object value) {
        if (value != null) {
            conditions.add("e." + column + " = :" + name);
            values.put(name, value);
        }
        return this;
    }

    /**
     * Bound of a range. The position of an instant is searched in the audit, which has an index on time. Facts next to
     * it that are not in the audit are scanned.
     */
    private enum Bound {
        FROM("from", ">=", """
                coalesce((SELECT min(f.position) FROM store.facts f WHERE f.recorded_at >= :from AND f.position > coalesce(
                    (SELECT position FROM %s WHERE at < :from ORDER BY at DESC, position DESC LIMIT 1), 0)),
                    9223372036854775807)""".formatted(ModelTable.AUDIT)),
        TO("to", "<=", """
                coalesce((SELECT max(f.position) FROM store.facts f WHERE f.recorded_at <= :to AND f.position < coalesce(
                    (SELECT position FROM %s WHERE at > :to ORDER BY at, position LIMIT 1), 9223372036854775807)), 0)""".formatted(ModelTable.AUDIT));

        private final String name;
        private final String compare;
        private final String ofInstant;

        Bound(String name, String compare, String ofInstant) {
            this.name = name;
            this.compare = compare;
            this.ofInstant = ofInstant;
        }
    }

    private EntryFilter bound(@Nullable AsOfPoint asOf, Bound bound, Instant now) {
        return switch (asOf) {
            case null -> this;
            case AsOfPoint.AtPosition(var position) -> bound(bound, ":" + bound.name, position);
            case AsOfPoint.AtInstant(var instant) -> bound(bound, bound.ofInstant, instant.atOffset(ZoneOffset.UTC));
            case AsOfPoint.Ago(var duration) ->
                bound(bound, bound.ofInstant, now.minus(duration).atOffset(ZoneOffset.UTC));
        };
    }

    private EntryFilter bound(Bound bound, String position, Object value) {
        bounds.add("e.position " + bound.compare + " " + position);
        values.put(bound.name, value);
        return this;
    }
}
