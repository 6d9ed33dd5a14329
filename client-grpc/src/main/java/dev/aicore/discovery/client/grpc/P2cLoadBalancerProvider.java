package dev.aicore.discovery.client.grpc;

import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.NameResolver.ConfigOrError;
import java.util.Map;

/**
 * Creates the policy {@code registry_p2c}: each call goes to the less loaded of two random instances, in relation to
 * their weights. gRPC finds this provider by itself.
 */
public final class P2cLoadBalancerProvider extends LoadBalancerProvider {

    /** Name of the policy. */
    public static final String POLICY = "registry_p2c";

    private static final int PRIORITY = 5;

    /** Creates a provider; for {@link java.util.ServiceLoader}. */
    public P2cLoadBalancerProvider() {
        // Nothing to set.
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public int getPriority() {
        return PRIORITY;
    }

    @Override
    public String getPolicyName() {
        return POLICY;
    }

    @Override
    public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
        return new P2cLoadBalancer(helper);
    }

    /** Accepts any configuration: the policy has no parameters. */
    @Override
    public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> configuration) {
        return ConfigOrError.fromConfig(POLICY);
    }
}
