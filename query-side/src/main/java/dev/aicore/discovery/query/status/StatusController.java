package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.status.RegistryStatusView;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.QueryParameters;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Returns the registry's status. */
@RestController
final class StatusController {

    private final StatusAssembler statusAssembler;
    private final TimeSource time;

    StatusController(StatusAssembler statusAssembler, TimeSource time) {
        this.statusAssembler = statusAssembler;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/status", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<RegistryStatusView>>> status(QueryParameters queryParameters) {
        queryParameters.validate();
        return statusAssembler.assemble().map(this::respond);
    }

    private ResponseEntity<ApiResponse<RegistryStatusView>> respond(RegistryStatusView status) {
        var store = status.store();
        return store == null
                ? ApiResponse.of(status, time.now()).respond(HttpStatus.OK)
                : ApiResponse.ok(status, store.position(), time.now());
    }
}
