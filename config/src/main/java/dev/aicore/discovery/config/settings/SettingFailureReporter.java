package dev.aicore.discovery.config.settings;

import java.util.Optional;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Prints one line instead of a stack trace, to standard error because logging may not be configured yet. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingFailureReporter implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        Optional<String> line = SettingFailureAnalyzer.line(failure);
        line.ifPresent(text -> System.err.println("Service Discovery can't start: " + text));
        return line.isPresent();
    }
}
