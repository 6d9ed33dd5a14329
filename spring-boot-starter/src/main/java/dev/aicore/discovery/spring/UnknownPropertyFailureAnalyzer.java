package dev.aicore.discovery.spring;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/**
 * Names the nearest known property for each unknown one below {@code service-discovery}. Comes before Spring Boot's own
 * analyzer, which lists unknown properties without their corrections.
 */
class UnknownPropertyFailureAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException>
        implements Ordered {
    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(RegistryProperties.PREFIX);

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, UnboundConfigurationPropertiesException unbound) {
        var unknown = unbound.getUnboundProperties().stream()
                .filter(property -> PREFIX.isAncestorOf(property.getName()))
                .map(this::description)
                .collect(Collectors.joining("%n".formatted()));
        return unknown.isEmpty() ? null : new FailureAnalysis(unknown, "Correct or remove the property.", rootFailure);
    }

    private String description(ConfigurationProperty property) {
        var name = property.getName().toString();
        var origin = property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
        return "The property '%s' is unknown. The nearest known one is '%s'.%s"
                .formatted(name, PropertyNames.known().nearest(name), origin);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
