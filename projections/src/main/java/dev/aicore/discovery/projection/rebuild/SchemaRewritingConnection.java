package dev.aicore.discovery.projection.rebuild;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/**
 * A connection on which the folds' statements are about another schema than {@code models}: the same folds, the same SQL, other tables. Text
 * is replaced, since a search path would have to be set, and would be set wrongly some day, for every statement of those that serve.
 */
final class SchemaRewritingConnection {

    private static final String LIVE = "models.";

    /** The methods by which folds say SQL. */
    private static final Set<String> SPOKEN = Set.of("prepareStatement", "nativeSQL");

    private SchemaRewritingConnection() {}

    static Connection of(Connection connection, String schema) {
        return (Connection) Proxy.newProxyInstance(
                SchemaRewritingConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) -> {
                    if (SPOKEN.contains(method.getName()) && arguments[0] instanceof String sql) {
                        arguments[0] = sql.replace(LIVE, schema + ".");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
