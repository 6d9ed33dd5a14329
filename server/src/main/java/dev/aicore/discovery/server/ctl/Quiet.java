package dev.aicore.discovery.server.ctl;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Keeps what a server would log from what the tool says: only failures are told. */
final class Quiet {

    private static final String OURS = "dev.aicore.discovery";

    private Quiet() {}

    /** Until a framework that is started sets levels of its own. */
    static void please() {
        LoggingSystem.get(Quiet.class.getClassLoader()).setLogLevel(OURS, LogLevel.ERROR);
    }
}
