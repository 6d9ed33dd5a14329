package dev.aicore.discovery.query.discovery;

import dev.aicore.discovery.api.discovery.PickStatsView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AuditedReads;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.QueryParameters;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Returns how often each instance of a service was picked. */
@RestController
final class PickStatsController {

    private final PickStatsService stats;
    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final TimeSource time;

    PickStatsController(PickStatsService stats, ReadYourWritesBarrier readYourWritesBarrier, TimeSource time) {
        this.stats = stats;
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/load-balancer/{service_name}/stats", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<PickStatsView>>> stats(
            @PathVariable("service_name") String service, QueryParameters queryParameters) {
        QueryNameRules.SERVICE.require("service_name", service);
        var requirement = ConsistencyRequirement.of(queryParameters);
        queryParameters.validate();
        return readYourWritesBarrier
                .readAtLeast(requirement, AuditedReads.PROJECTIONS, stats.of(service))
                .map(result -> ApiResponse.ok(result.rows(), result.position(), time.now()));
    }
}
