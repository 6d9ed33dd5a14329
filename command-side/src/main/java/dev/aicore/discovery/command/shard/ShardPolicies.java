package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.command.shard.policy.BreakerPolicy;
import dev.aicore.discovery.command.shard.policy.DampingPolicy;
import dev.aicore.discovery.command.shard.policy.ExpiryCapPolicy;
import dev.aicore.discovery.command.shard.policy.LeaseDeadlines.LeaseRules;
import dev.aicore.discovery.config.settings.CircuitBreakerSettings;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.settings.HealthCheckSettings.DampingSettings;
import dev.aicore.discovery.config.settings.LeaseSettings;
import dev.aicore.discovery.config.settings.QuotaSettings;
import dev.aicore.discovery.config.settings.RegistrationSettings;

/** Settings of a shard's decisions. Events contain what was decided, so replaying them needs no settings. */
record ShardPolicies(
        LeaseRules leases,
        ExpiryCapPolicy cap,
        DampingPolicy damping,
        BreakerPolicy breaker,
        InstanceQuotaPolicy quotas) {

    static ShardPolicies of(
            RegistrationSettings registration,
            HealthCheckSettings checks,
            LeaseSettings leases,
            DampingSettings damping,
            CircuitBreakerSettings breaker,
            QuotaSettings quotas) {
        return new ShardPolicies(
                new LeaseRules(
                        registration.gracePeriod(),
                        registration.reviveWindow(),
                        checks.deregisterAfter(),
                        checks.renewLeases()),
                new ExpiryCapPolicy(leases.maxExpiringShare(), leases.maxSilenceTtls()),
                new DampingPolicy(damping.changes(), damping.window(), damping.factor()),
                new BreakerPolicy(
                        breaker.enabled(),
                        breaker.failureRateThreshold(),
                        breaker.slowCallRateThreshold(),
                        breaker.slowCallDurationThreshold(),
                        breaker.slidingWindowSize(),
                        breaker.minimumNumberOfCalls(),
                        breaker.waitDurationInOpenState(),
                        breaker.permittedNumberOfCallsInHalfOpenState(),
                        breaker.maxEjectionShare()),
                InstanceQuotaPolicy.of(quotas));
    }
}
