package dev.aicore.discovery.command.retention;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.QueryParameters;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reports which observations would be dropped, and starts runs that drop them. */
@RestController
@RequestMapping(path = "/api/v1/admin/retention", produces = MediaType.APPLICATION_JSON_VALUE)
final class RetentionController {

    private final RetentionService retentionService;
    private final TimeSource time;
    private final Scheduler blocking;

    /**
     * Creates the controller.
     *
     * @param blocking scheduler for blocking database calls
     */
    RetentionController(RetentionService retentionService, TimeSource time, Scheduler blocking) {
        this.retentionService = retentionService;
        this.time = time;
        this.blocking = blocking;
    }

    @GetMapping
    Mono<ResponseEntity<ApiResponse<RetentionView>>> plan(QueryParameters queryParameters) {
        queryParameters.validate();
        return Mono.fromCallable(retentionService::plan)
                .subscribeOn(blocking)
                .map(plannedRetention -> ApiResponse.ok(
                        RetentionView.of(plannedRetention),
                        plannedRetention.look().head(),
                        time.now()));
    }

    @PostMapping
    Mono<ResponseEntity<ApiResponse<RetentionView>>> run(QueryParameters queryParameters) {
        queryParameters.validate();
        return Mono.fromCallable(retentionService::run)
                .subscribeOn(blocking)
                .map(retentionResult -> ApiResponse.ok(
                        RetentionView.of(retentionResult),
                        retentionResult.left().look().head(),
                        time.now()));
    }
}
