package dev.aicore.discovery.dialect;

import dev.aicore.discovery.config.settings.SettingsBinder;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if the settings name a port, other than 0, for the server of a protocol. */
public abstract class PortCondition implements Condition {

    private final String property;

    /**
     * Creates a condition on one setting.
     *
     * @param name name after the prefix of all settings, such as {@code dns.port}
     */
    protected PortCondition(String name) {
        this.property = SettingsBinder.PREFIX + name;
    }

    @Override
    public final boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class) > 0;
    }
}
