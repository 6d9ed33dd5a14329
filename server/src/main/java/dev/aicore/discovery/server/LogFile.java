package dev.aicore.discovery.server;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import dev.aicore.discovery.config.settings.LoggingSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Writes the log to the configured file, in the format that it would have on standard error. */
final class LogFile implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final String CONSOLE = "CONSOLE";
    private static final String FILE = "FILE";

    /**
     * Interval of checking the file's size. Logback's default is a minute, and the file may exceed its limit by all
     * that is logged meanwhile.
     */
    private static final Duration POLL_INTERVAL = Duration.buildByMilliseconds(500);

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var settings = SettingsBinder.of(context.getEnvironment()).get(LoggingSettings.class);
        var file = settings.file();
        if (file != null) {
            write(file, settings);
        }
    }

    static void write(Path file, LoggingSettings settings) {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (root.getAppender(CONSOLE) instanceof ConsoleAppender<ILoggingEvent> console) {
            var appender = new RollingFileAppender<ILoggingEvent>();
            appender.setName(FILE);
            appender.setContext(root.getLoggerContext());
            appender.setFile(file.toString());
            appender.setEncoder(console.getEncoder());
            var rolling = new FixedWindowRollingPolicy();
            rolling.setContext(root.getLoggerContext());
            rolling.setParent(appender);
            rolling.setFileNamePattern(file + ".%i");
            rolling.setMaxIndex(settings.maxFiles());
            rolling.start();
            var triggering = new SizeBasedTriggeringPolicy<ILoggingEvent>();
            triggering.setContext(root.getLoggerContext());
            triggering.setMaxFileSize(new FileSize(settings.maxFileSize().toBytes()));
            triggering.setCheckIncrement(POLL_INTERVAL);
            triggering.start();
            appender.setRollingPolicy(rolling);
            appender.setTriggeringPolicy(triggering);
            appender.start();
            root.addAppender(appender);
            root.detachAppender(console);
        }
    }
}
