package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.command.shard.policy.HealthPolicy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Declaration as the shard stores it.
 *
 * @param json JSON; equal for equal declarations
 * @param ttl requested TTL in seconds; 0 for no lease
 * @param checkedWithin seconds within which two checks end; 0 without active check, 1 for those of a composite
 * @param healthPolicy thresholds of the declared check
 * @param deregisterAfter seconds for which the instance stays listed while it is unhealthy or expired; 0 for no limit;
 *     {@link #DEFAULT_DEREGISTER_AFTER} if the settings of the registry apply
 */
@SuppressWarnings("ArrayRecordComponent") // stored by the instance without a copy, and never changed
record StoredDeclaration(byte[] json, int ttl, int checkedWithin, HealthPolicy healthPolicy, int deregisterAfter) {

    /** Stands for the settings of the registry in {@link #deregisterAfter()}. */
    static final int DEFAULT_DEREGISTER_AFTER = -1;

    /** Stands for active checks of a composite, which renew no lease and so don't lengthen it. */
    private static final int CHECKED_WITHOUT_RENEWAL = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static StoredDeclaration of(Declaration declaration) {
        var check = declaration.healthCheck();
        var composite = CompositeCheck.of(check);
        int deregisterAfter = check == null
                ? DEFAULT_DEREGISTER_AFTER
                : check.deregisterAfter().orElse(DEFAULT_DEREGISTER_AFTER);
        return new StoredDeclaration(
                MAPPER.writeValueAsBytes(declaration),
                declaration.ttl(),
                checkedWithin(check, composite),
                policy(check, composite),
                deregisterAfter);
    }

    private static HealthPolicy policy(@Nullable HealthCheck check, @Nullable CompositeCheck composite) {
        if (composite != null) {
            return HealthPolicy.NEVER;
        }
        return check == null
                ? HealthPolicy.IMMEDIATE
                : new HealthPolicy(check.failureThreshold(), check.successThreshold());
    }

    private static int checkedWithin(@Nullable HealthCheck check, @Nullable CompositeCheck composite) {
        if (composite != null) {
            return composite.checksActively() ? CHECKED_WITHOUT_RENEWAL : 0;
        }
        return check != null && check.checksActively() ? check.maxSecondsForTwoChecks() : 0;
    }

    static Declaration read(byte[] json) {
        return Objects.requireNonNull(MAPPER.readValue(json, Declaration.class));
    }
}
