package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.command.health.HealthPolicy;
import java.util.Objects;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * A declaration as the shard keeps it.
 *
 * @param json equal for equal declarations
 * @param ttl of the lease that was asked for, in seconds; 0 is no lease
 * @param checkedWithin seconds in which two checks end; 0 if no active check is declared
 */
@SuppressWarnings("ArrayRecordComponent") // kept as it is by the instance, and changed by nobody
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
        int checkedWithin = check != null && check.checksActively() ? check.twoWithin() : 0;
        return new StoredDeclaration(MAPPER.writeValueAsBytes(declaration), declaration.ttl(), checkedWithin, policy);
    }

    static Declaration read(byte[] json) {
        return Objects.requireNonNull(MAPPER.readValue(json, Declaration.class));
    }
}
