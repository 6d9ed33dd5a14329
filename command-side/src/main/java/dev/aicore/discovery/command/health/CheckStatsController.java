package dev.aicore.discovery.command.health;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.Permission;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.QueryParameters;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves the statistics of the active checks. */
@RestController
final class CheckStatsController {

    private final CheckStats stats;
    private final TimeSource time;

    CheckStatsController(CheckStats stats, TimeSource time) {
        this.stats = stats;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/health-monitor/stats", produces = MediaType.APPLICATION_JSON_VALUE)
    ApiResponse<CheckStatsView> stats(QueryParameters queryParameters, Caller caller) {
        queryParameters.validate();
        var now = stats.now();
        return ApiResponse.of(caller.isGranted(Permission.CHECK_DETAIL) ? now : now.redacted(), time.now());
    }
}
