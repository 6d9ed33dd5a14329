package dev.aicore.discovery.projection.rebuild;

import dev.aicore.discovery.readmodel.ModelTable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Set;

/**
 * Wraps a connection so that the folds' statements address another schema than {@code models}: the same folds and SQL
 * work on other tables. Replaces text in the SQL. A search path would have to be set for every statement of the serving
 * folds, too, where a mistake would be dangerous.
 */
final class SchemaRewritingConnection {

    private static final String LIVE = ModelTable.SCHEMA + ".";

    /** Methods that receive the folds' SQL. */
    private static final Set<String> REWRITTEN_METHODS = Set.of("prepareStatement", "nativeSQL");

    private SchemaRewritingConnection() {}

    static Connection of(Connection connection, String schema) {
        return (Connection) Proxy.newProxyInstance(
                SchemaRewritingConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) -> {
                    if (REWRITTEN_METHODS.contains(method.getName()) && arguments[0] instanceof String sql) {
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
