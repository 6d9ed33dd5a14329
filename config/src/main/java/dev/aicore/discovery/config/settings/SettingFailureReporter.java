package dev.aicore.discovery.config.settings;

import java.util.Optional;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Prints one line instead of a stack trace. Logging may not be set up yet, so it goes to standard error. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingFailureReporter implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        Optional<String> line = SettingFailureAnalyzer.line(failure);
        line.ifPresent(text -> System.err.println("Service Discovery can't start: " + text));
        return line.isPresent();
    }
}
