package dev.aicore.discovery.spring.loadbalancer;

import org.springframework.cloud.loadbalancer.support.LoadBalancerEnvironmentPropertyUtils;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches unless {@code spring.cloud.loadbalancer.configurations} selects another supplier for the service. */
class DefaultSupplierCondition implements Condition {

    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return LoadBalancerEnvironmentPropertyUtils.equalToOrMissingForClientOrDefault(
                context.getEnvironment(), "configurations", "default");
    }
}
