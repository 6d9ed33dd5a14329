package dev.aicore.discovery.eventstore.axon;

import java.util.List;
import org.axonframework.messaging.annotation.ClasspathParameterResolverFactory;
import org.axonframework.messaging.annotation.MultiParameterResolverFactory;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.annotation.SimpleResourceParameterResolverFactory;

/** Creates resolvers for the parameters that an aggregate's handlers take besides their messages. */
public final class ParameterResolverFactories {

    private ParameterResolverFactories() {}

    /** Returns resolvers for the given resources and for the parameters that Axon provides to all handlers. */
    public static ParameterResolverFactory to(Class<?> aggregate, Object... resources) {
        return MultiParameterResolverFactory.ordered(List.of(
                ClasspathParameterResolverFactory.forClass(aggregate),
                new SimpleResourceParameterResolverFactory(List.of(resources))));
    }
}
