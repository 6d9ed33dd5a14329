package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.access.Permission;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How the active checks go. */
@RestController
final class StatsController {

    private final CheckStats stats;
    private final TimeSource time;

    StatsController(CheckStats stats, TimeSource time) {
        this.stats = stats;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/health-monitor/stats", produces = MediaType.APPLICATION_JSON_VALUE)
    Answer<StatsView> stats(Query query, Caller caller) {
        query.orThrow();
        var now = stats.now();
        return Answer.of(caller.isGranted(Permission.CHECK_DETAIL) ? now : now.forEverybody(), time.now());
    }
}
