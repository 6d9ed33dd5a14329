package dev.aicore.discovery.eventstore.axon;

import java.util.List;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;

/** What the handlers of an aggregate are handed besides their messages. */
public final class ParameterResolverFactories {

    private ParameterResolverFactories() {}

    /** These, and what the framework hands to all. */
    public static ParameterResolverFactory to(Class<?> aggregate, Object... resources) {
        return MultiParameterResolverFactory.ordered(List.of(
                ClasspathParameterResolverFactory.forClass(aggregate),
                new SimpleResourceParameterResolverFactory(List.of(resources))));
    }
}
