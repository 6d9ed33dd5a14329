package dev.aicore.discovery.config.settings;

import org.apache.commons.logging.LogFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/**
 * Prints one line instead of a stack trace if a {@link FailureAnalyzer} describes the failure of a start without an
 * action, which the analyzers of the registry do. Prints to standard error because logging may not be configured yet.
 * Spring Boot reports other failures, with an action in a paragraph of its own.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class FailureLineReporter implements SpringBootExceptionReporter {

    @Override
    public boolean reportException(Throwable failure) {
        // Omits those of Spring Boot that need an application context. They have an action.
        var analyzers = SpringFactoriesLoader.forDefaultResourceLocation(
                        getClass().getClassLoader())
                .load(FailureAnalyzer.class, FailureHandler.logging(LogFactory.getLog(getClass())));
        for (FailureAnalyzer analyzer : analyzers) {
            FailureAnalysis analysis = analyzer.analyze(failure);
            if (analysis != null && analysis.getAction() == null) {
                System.err.println("Service Discovery can't start: " + analysis.getDescription());
                return true;
            }
        }
        return false;
    }
}
