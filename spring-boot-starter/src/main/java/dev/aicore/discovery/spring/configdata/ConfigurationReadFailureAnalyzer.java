package dev.aicore.discovery.spring.configdata;

import dev.aicore.discovery.client.RegistryRequestException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataResourceNotFoundException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** States in one line that a configuration is absent, or why it can't be read. */
class ConfigurationReadFailureAnalyzer extends AbstractFailureAnalyzer<ConfigDataResourceNotFoundException>
        implements Ordered {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, ConfigDataResourceNotFoundException missing) {
        if (!(missing.getResource() instanceof RegistryConfigResource resource)) {
            return null;
        }
        var description = missing.getCause() instanceof RegistryRequestException refusal
                ? "The " + resource + " can't be read: " + refusal.getMessage()
                : "The registry has no " + resource + ".";
        return new FailureAnalysis(
                description, "Store it, or import optional:service-discovery: to start without it.", missing);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
