package dev.aicore.discovery.spring;

import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Reads the list of nodes with a binder, since it may be a comma-separated text or a list. */
class ConfiguredRegistryCondition extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        var binder = Binder.get(context.getEnvironment());
        var message = ConditionMessage.forCondition(ConditionalOnRegistry.class);
        if (!binder.bind(RegistryProperties.PREFIX + ".enabled", Boolean.class).orElse(true)) {
            return ConditionOutcome.noMatch(message.because("service-discovery.enabled is false"));
        }
        var nodes = binder.bind(RegistryProperties.PREFIX + ".url", Bindable.listOf(String.class))
                .orElse(List.of());
        return nodes.isEmpty()
                ? ConditionOutcome.noMatch(message.because("service-discovery.url is absent"))
                : ConditionOutcome.match(message.because("service-discovery.url is " + nodes));
    }
}
