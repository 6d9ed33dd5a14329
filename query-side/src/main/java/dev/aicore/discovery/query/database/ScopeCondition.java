package dev.aicore.discovery.query.database;

import dev.aicore.discovery.api.access.ServiceScope;
import org.jspecify.annotations.Nullable;

/** The services that a caller's role is bound to, as a condition. */
public final class ScopeCondition {

    /** What its parameter is called. */
    public static final String PARAMETER = "reach";

    private ScopeCondition() {}

    /** What follows another condition; empty if the caller is bound to none. */
    public static String and(String column, @Nullable ServiceScope scope) {
        return scope == null ? "" : " AND " + condition(column);
    }

    /** That of a caller who is bound to some, or of anybody. */
    public static String condition(String column) {
        return column + " LIKE ANY(:" + PARAMETER + ")";
    }

    /** The value of its parameter; anything, if the caller is bound to none. */
    public static String[] values(@Nullable ServiceScope scope) {
        return scope == null
                ? new String[] {"%"}
                : scope.patterns().stream().map(ScopeCondition::like).toArray(String[]::new);
    }

    private static String like(String pattern) {
        return pattern.replace("_", "\\_").replace('*', '%');
    }
}
