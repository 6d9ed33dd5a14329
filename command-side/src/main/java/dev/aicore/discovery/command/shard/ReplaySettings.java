package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.config.settings.CircuitBreakerSettings;
import dev.aicore.discovery.config.settings.DecisionSettings;
import dev.aicore.discovery.config.settings.HealthCheckSettings;
import dev.aicore.discovery.config.settings.HealthCheckSettings.DampingSettings;
import dev.aicore.discovery.config.settings.LeaseSettings;
import dev.aicore.discovery.config.settings.QuotaSettings;
import dev.aicore.discovery.config.settings.RegistrationSettings;
import org.jspecify.annotations.Nullable;

/**
 * Settings under which a replay decides. A declaration doesn't state whether a value was given or is the default, so a
 * value that equals the recorded default counts as the default.
 */
final class ReplaySettings {

    private final ShardPolicies policies;
    private final int recordedTtl;
    private final int ttl;
    private final HealthCheckSettings recordedChecks;
    private final HealthCheckSettings checks;

    ReplaySettings(DecisionSettings recorded, DecisionSettings changed) {
        this.policies = policies(changed);
        this.recordedTtl = ttl(recorded);
        this.ttl = ttl(changed);
        this.recordedChecks = recorded.get(HealthCheckSettings.class);
        this.checks = changed.get(HealthCheckSettings.class);
    }

    static ShardPolicies policies(DecisionSettings settings) {
        return ShardPolicies.of(
                settings.get(RegistrationSettings.class),
                settings.get(HealthCheckSettings.class),
                settings.get(LeaseSettings.class),
                settings.get(DampingSettings.class),
                settings.get(CircuitBreakerSettings.class),
                settings.get(QuotaSettings.class));
    }

    ShardPolicies policies() {
        return policies;
    }

    /** Returns a declaration as it would have been under these settings. */
    Declaration adapt(Declaration declaration) {
        return new Declaration(
                declaration.name(),
                declaration.version(),
                declaration.address(),
                declaration.port(),
                declaration.protocol(),
                declaration.weight(),
                declaration.ttl() == recordedTtl ? ttl : declaration.ttl(),
                adapt(declaration.healthCheck()),
                declaration.metadata(),
                declaration.tags(),
                declaration.zone());
    }

    private @Nullable HealthCheck adapt(@Nullable HealthCheck check) {
        if (check == null || check.hasComponents()) {
            return check;
        }
        return new HealthCheck(
                check.checkType(),
                check.interval(),
                check.timeout(),
                check.failureThreshold() == recordedChecks.failureThreshold()
                        ? checks.failureThreshold()
                        : check.failureThreshold(),
                check.successThreshold() == recordedChecks.successThreshold()
                        ? checks.successThreshold()
                        : check.successThreshold(),
                check.config());
    }

    private static int ttl(DecisionSettings settings) {
        return (int) settings.get(RegistrationSettings.class).defaultTtl().toSeconds();
    }
}
