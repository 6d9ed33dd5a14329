package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.status.HealthView;
import dev.aicore.discovery.api.status.StatusView.Check;
import dev.aicore.discovery.config.web.Query;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers whether this node is alive, and whether it is ready. */
@RestController
final class HealthController {

    private static final String UP = "UP";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Readiness readiness;

    HealthController(Readiness readiness) {
        this.readiness = readiness;
    }

    @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<HealthView>> health(Query query) {
        boolean ready = query.boolOr("ready", false);
        query.orThrow();
        return (ready ? readiness.checks().map(HealthController::ready) : Mono.just(new HealthView(UP, null)))
                .map(view ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view));
    }

    private static HealthView ready(List<Check> checks) {
        var missing = checks.stream()
                .filter(check -> !check.ready())
                .map(check -> new FieldError(check.name(), check.detail(), null, "ready"))
                .toList();
        if (!missing.isEmpty()) {
            throw new RegistryException(
                    ErrorCode.NOT_READY, "Some of what this node needs is not ready.", missing, RETRY_AFTER);
        }
        return new HealthView(UP, checks);
    }
}
