package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.command.shard.policy.HealthPolicy;
import java.util.Objects;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Declaration as the shard stores it.
 *
 * @param json JSON; equal for equal declarations
 * @param ttl requested TTL in seconds; 0 for no lease
 * @param checkedWithin seconds within which two checks end; 0 without active check
 * @param healthPolicy thresholds of the declared check
 */
@SuppressWarnings("ArrayRecordComponent") // stored by the instance without a copy, and never changed
record StoredDeclaration(byte[] json, int ttl, int checkedWithin, HealthPolicy healthPolicy) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static StoredDeclaration of(Declaration declaration) {
        var check = declaration.healthCheck();
        var policy = check == null
                ? HealthPolicy.IMMEDIATE
                : new HealthPolicy(check.failureThreshold(), check.successThreshold());
        int checkedWithin = check != null && check.checksActively() ? check.maxSecondsForTwoChecks() : 0;
        return new StoredDeclaration(MAPPER.writeValueAsBytes(declaration), declaration.ttl(), checkedWithin, policy);
    }

    static Declaration read(byte[] json) {
        return Objects.requireNonNull(MAPPER.readValue(json, Declaration.class));
    }
}
