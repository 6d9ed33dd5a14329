package dev.aicore.discovery.query.health;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.Permission;
import dev.aicore.discovery.api.instance.InstanceHealthView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AuditedReads;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.QueryParameters;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Returns the health of an instance and its causes. */
@RestController
final class InstanceHealthController {

    private final InstanceHealthReader health;
    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final TimeSource time;

    InstanceHealthController(
            InstanceHealthReader health, ReadYourWritesBarrier readYourWritesBarrier, TimeSource time) {
        this.health = health;
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/services/{id}/health", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<InstanceHealthView>>> health(
            @PathVariable String id, QueryParameters queryParameters, Caller caller) {
        NameRules.INSTANCE.require("service_id", id);
        var requirement = ConsistencyRequirement.of(queryParameters);
        queryParameters.validate();
        return readYourWritesBarrier
                .readAtLeast(requirement, AuditedReads.PROJECTIONS, health.one(id, caller.reach()))
                .map(result -> ApiResponse.ok(
                        visibleTo(caller, QueryNameRules.requirePresent(id, result.rows())),
                        result.position(),
                        time.now()));
    }

    private static InstanceHealthView visibleTo(Caller caller, InstanceHealthView health) {
        return caller.isGranted(Permission.CHECK_DETAIL) ? health : health.redacted();
    }
}
