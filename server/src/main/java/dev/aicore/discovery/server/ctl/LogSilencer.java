package dev.aicore.discovery.server.ctl;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Keeps what a server would log from what the tool says: only failures are told. */
final class LogSilencer {

    private static final String OURS = "dev.aicore.discovery";

    private LogSilencer() {}

    /** Until a framework that is started sets levels of its own. */
    static void silence() {
        LoggingSystem.get(LogSilencer.class.getClassLoader()).setLogLevel(OURS, LogLevel.ERROR);
    }
}
