package dev.aicore.discovery.server;

import dev.aicore.discovery.config.eventstore.StoreInUseException;
import dev.aicore.discovery.server.postgres.DataDirectoryInUse;
import dev.aicore.discovery.server.postgres.IncompatibleDataDirectory;
import dev.aicore.discovery.server.postgres.PostgresNotStarted;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** One line, rather than a stack trace, for what an operator can mend. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartRefusal implements SpringBootExceptionReporter {

    private static final Set<Class<? extends Throwable>> CLEAR = Set.of(
            DataDirectoryInUse.class,
            IncompatibleDataDirectory.class,
            PostgresNotStarted.class,
            StoreInUseException.class,
            PortInUseException.class);

    @Override
    public boolean reportException(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (CLEAR.contains(cause.getClass())) {
                System.err.println("Service Discovery can't start: " + cause.getMessage());
                return true;
            }
        }
        return false;
    }
}
