package dev.aicore.discovery.server.support;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.QueryParameters;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Returns the diagnostics of this process. */
@RestController
final class DiagnosticsController {

    private static final Logger LOG = LoggerFactory.getLogger(DiagnosticsController.class);

    private final DiagnosticsAssembler assembler;
    private final TimeSource time;
    private final Scheduler blocking;

    /** @param blocking scheduler with a bounded queue */
    DiagnosticsController(DiagnosticsAssembler assembler, TimeSource time, Scheduler blocking) {
        this.assembler = assembler;
        this.time = time;
        this.blocking = blocking;
    }

    @GetMapping(path = "/api/v1/admin/diagnostics", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<DiagnosticsView>>> diagnostics(QueryParameters queryParameters, Caller caller) {
        queryParameters.validate();
        return Mono.fromCallable(assembler::assemble)
                .subscribeOn(blocking)
                .onErrorMap(
                        RejectedExecutionException.class,
                        _ -> new RegistryException(
                                ErrorCode.OVERLOADED, "Other diagnostics are being assembled; try again later."))
                .map(view -> {
                    LOG.info("{} read the diagnostics of this process.", caller.principal());
                    return ApiResponse.of(view, time.now()).respond(HttpStatus.OK);
                });
    }
}
