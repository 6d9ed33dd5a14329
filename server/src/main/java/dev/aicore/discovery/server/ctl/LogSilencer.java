package dev.aicore.discovery.server.ctl;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Silences the log of server components in the tool; only errors are logged. */
final class LogSilencer {

    private static final String ROOT_PACKAGE = "dev.aicore.discovery";

    private LogSilencer() {}

    /** Raises the log level until a framework that starts later sets its own. */
    static void silence() {
        LoggingSystem.get(LogSilencer.class.getClassLoader()).setLogLevel(ROOT_PACKAGE, LogLevel.ERROR);
    }
}
