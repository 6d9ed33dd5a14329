package dev.aicore.discovery.bridge;

import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.bridge.sync.BridgePlanView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.QueryParameters;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Reports, pauses and resumes the bridges. */
@RestController
@RequestMapping(path = "/api/v1/admin/bridges", produces = MediaType.APPLICATION_JSON_VALUE)
final class BridgeController {

    private final BridgeService service;
    private final TimeSource time;
    private final Scheduler blocking;

    /**
     * Creates the controller.
     *
     * @param blocking scheduler for plans, pauses and resumptions
     */
    BridgeController(BridgeService service, TimeSource time, Scheduler blocking) {
        this.service = service;
        this.time = time;
        this.blocking = blocking;
    }

    /** All bridges, ordered by name. */
    record BridgesView(List<ComponentStatus.Bridge> bridges) {}

    @GetMapping
    ResponseEntity<ApiResponse<BridgesView>> list(QueryParameters queryParameters) {
        queryParameters.validate();
        return respond(new BridgesView(service.status()));
    }

    @GetMapping("/{bridge}/plan")
    Mono<ResponseEntity<ApiResponse<BridgePlanView>>> plan(
            @PathVariable("bridge") String name, QueryParameters queryParameters) {
        queryParameters.validate();
        return Mono.fromCallable(() -> service.plan(name)).subscribeOn(blocking).map(this::respond);
    }

    @PostMapping("/{bridge}/pause")
    Mono<ResponseEntity<ApiResponse<ComponentStatus.Bridge>>> pause(
            @PathVariable("bridge") String name, QueryParameters queryParameters) {
        queryParameters.validate();
        return Mono.fromCallable(() -> service.pause(name))
                .subscribeOn(blocking)
                .map(this::respond);
    }

    @PostMapping("/{bridge}/resume")
    Mono<ResponseEntity<ApiResponse<ComponentStatus.Bridge>>> resume(
            @PathVariable("bridge") String name, QueryParameters queryParameters) {
        queryParameters.validate();
        return Mono.fromCallable(() -> service.resume(name))
                .subscribeOn(blocking)
                .map(this::respond);
    }

    private <T> ResponseEntity<ApiResponse<T>> respond(T data) {
        return ApiResponse.of(data, time.now()).respond(HttpStatus.OK);
    }
}
