package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.balancing.PickStatsView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.instance.Names;
import dev.aicore.discovery.query.watermark.Audited;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.Wanted;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers how often each instance of a service was picked. */
@RestController
final class PickStatsController {

    private final PickStats stats;
    private final Visibility visibility;
    private final TimeSource time;

    PickStatsController(PickStats stats, Visibility visibility, TimeSource time) {
        this.stats = stats;
        this.visibility = visibility;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/load-balancer/{service_name}/stats", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<PickStatsView>>> stats(@PathVariable("service_name") String service, Query query) {
        Names.SERVICE.require("service_name", service);
        var wanted = Wanted.of(query);
        query.orThrow();
        return visibility
                .reflect(wanted, Audited.PROJECTIONS, stats.of(service))
                .map(found -> Answer.ok(found.rows(), found.position(), time.now()));
    }
}
