package dev.aicore.discovery.readmodel.database;

import dev.aicore.discovery.api.access.ServiceScope;
import org.jspecify.annotations.Nullable;

/** SQL condition that restricts rows to a role's service scope. */
public final class ScopeCondition {

    /** Name of the SQL parameter. */
    public static final String PARAMETER = "reach";

    private ScopeCondition() {}

    /** Returns the condition prefixed by {@code AND}; empty if the caller has no scope. */
    public static String andCondition(String column, @Nullable ServiceScope scope) {
        return scope == null ? "" : " AND " + condition(column);
    }

    /** Returns a condition that serves callers with and without a scope. */
    public static String condition(String column) {
        return column + " LIKE ANY(:" + PARAMETER + ")";
    }

    /** Returns the value of the SQL parameter; a pattern that matches everything if the caller has no scope. */
    public static String[] values(@Nullable ServiceScope scope) {
        return scope == null
                ? new String[] {"%"}
                : scope.patterns().stream().map(ScopeCondition::toLikePattern).toArray(String[]::new);
    }

    private static String toLikePattern(String pattern) {
        return pattern.replace("_", "\\_").replace('*', '%');
    }
}
