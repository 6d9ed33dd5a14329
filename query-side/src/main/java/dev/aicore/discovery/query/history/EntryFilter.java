package dev.aicore.discovery.query.history;

import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.history.ActionType;
import dev.aicore.discovery.api.wire.WireType;
import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.query.database.ScopeCondition;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.web.AsOfParser;
import dev.aicore.discovery.web.AsOfPoint;
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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which entries are wanted. */
public final class EntryFilter {

    private static final TextConstraint ACTOR = TextConstraint.filled(256);
    private static final Map<String, String> TYPES = WireTypes.ALL.stream()
            .map(WireType::name)
            .filter(type -> ActionType.of(type) != ActionType.OTHER)
            .collect(Collectors.toMap(
                    Function.identity(), Function.identity(), (one, other) -> one, LinkedHashMap::new));

    /** On what the audit knows of a fact. */
    private final List<String> conditions = new ArrayList<>();

    /** On positions alone. */
    private final List<String> bounds = new ArrayList<>();

    private final Map<String, Object> values = new LinkedHashMap<>();

    private EntryFilter() {}

    /** Those of one instance. */
    static EntryFilter ofInstance(String id) {
        return new EntryFilter().equal("instance_id", "id", id);
    }

    /** From the parameters of a request, but for its window of time; violations stay with the query. */
    public static EntryFilter of(QueryParameters queryParameters) {
        return new EntryFilter()
                .equal("service", "service", queryParameters.textOrNull("service_name", QueryNameRules.SERVICE))
                .equal("instance_id", "id", queryParameters.textOrNull("service_id", QueryNameRules.ID))
                .equal("actor", "actor", queryParameters.textOrNull("actor", ACTOR))
                .of(types(queryParameters));
    }

    /** The same from a moment on; null for all. */
    public EntryFilter from(@Nullable AsOfPoint asOf, Instant now) {
        return bound(asOf, Bound.FROM, now);
    }

    /** The same up to a moment; null for all. */
    EntryFilter to(@Nullable AsOfPoint asOf, Instant now) {
        return bound(asOf, Bound.TO, now);
    }

    /** The same up to a moment that the query may have; violations stay with it. */
    public EntryFilter to(QueryParameters queryParameters, Instant now) {
        return to(AsOfParser.of(queryParameters, "to"), now);
    }

    /** The same, of the services that the caller is bound to; null for all, and for what concerns none. */
    public EntryFilter within(@Nullable ServiceScope scope) {
        if (scope != null) {
            conditions.add(ScopeCondition.condition("e.service"));
            values.put(ScopeCondition.PARAMETER, ScopeCondition.values(scope));
        }
        return this;
    }

    /** The same, and none beyond a position. */
    EntryFilter upTo(long position) {
        var narrower = new EntryFilter();
        narrower.conditions.addAll(conditions);
        narrower.bounds.addAll(bounds);
        narrower.values.putAll(values);
        narrower.bounds.add("e.position <= :up_to");
        narrower.values.put("up_to", position);
        return narrower;
    }

    /** A condition; the table is called {@code e}. */
    public String where() {
        var all = new ArrayList<>(conditions);
        all.addAll(bounds);
        return all.isEmpty() ? "true" : String.join(" AND ", all);
    }

    /** Whether any table with positions will do for it: nothing is asked for that only the audit knows. */
    public boolean isOfPositionsAlone() {
        return conditions.isEmpty();
    }

    /** What its parameters are. */
    public Map<String, Object> values() {
        return values;
    }

    /** Null for any; what is of an action and a type must be both. */
    private static @Nullable Set<String> types(QueryParameters queryParameters) {
        var actions = queryParameters.choices("action", ActionType.byWord());
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

    /** An instant is found by the audit, which has an index for that; facts beside it that the audit doesn't have are looked through. */
    private enum Bound {
        FROM("from", ">=", """
                coalesce((SELECT min(f.position) FROM store.facts f WHERE f.recorded_at >= :from AND f.position > coalesce(
                    (SELECT position FROM models.audit WHERE at < :from ORDER BY at DESC, position DESC LIMIT 1), 0)),
                    9223372036854775807)"""),
        TO("to", "<=", """
                coalesce((SELECT max(f.position) FROM store.facts f WHERE f.recorded_at <= :to AND f.position < coalesce(
                    (SELECT position FROM models.audit WHERE at > :to ORDER BY at, position LIMIT 1), 9223372036854775807)), 0)""");

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
