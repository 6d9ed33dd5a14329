package dev.aicore.discovery.server;

import dev.aicore.discovery.embedded.postgres.PostgresStartException;
import dev.aicore.discovery.embedded.postgres.PostgresStartException.DataDirectoryInUseException;
import dev.aicore.discovery.embedded.postgres.PostgresStartException.IncompatibleDataDirectoryException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Describes failures that an operator can fix in one line, which is printed instead of a stack trace. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartupFailureAnalyzer implements FailureAnalyzer {

    private static final Set<Class<? extends Throwable>> CLEAR = Set.of(
            DataDirectoryInUseException.class,
            IncompatibleDataDirectoryException.class,
            PostgresStartException.class,
            PortInUseException.class);

    /**
     * Prefixes of SQLSTATE codes: no connection, access denied, no such database, too many connections, starting up.
     */
    private static final Set<String> NO_CONNECTION = Set.of("08", "28", "3D", "53300", "57P03");

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var message = CLEAR.contains(cause.getClass()) ? cause.getMessage() : databaseRefusal(cause);
            if (message != null) {
                return new FailureAnalysis(message, null, cause);
            }
        }
        return null;
    }

    /**
     * Returns PostgreSQL's or the network's reason for a refused connection; null if the failure is of another kind.
     */
    private static @Nullable String databaseRefusal(Throwable cause) {
        if (!(cause instanceof SQLException refused)
                || refused.getSQLState() == null
                || NO_CONNECTION.stream().noneMatch(refused.getSQLState()::startsWith)) {
            return null;
        }
        var reason = refused.getCause() == null ? "" : " (" + refused.getCause() + ")";
        return "the database of database.postgres.url can't be used: "
                + (refused.getMessage() + reason).replaceAll("\\s*\\R\\s*", "; ");
    }
}
