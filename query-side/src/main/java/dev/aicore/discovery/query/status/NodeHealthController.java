package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.status.HealthView;
import dev.aicore.discovery.api.status.HealthView.DeepHealthView;
import dev.aicore.discovery.api.status.HealthView.DeepHealthView.DeepCheck;
import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import dev.aicore.discovery.web.QueryParameters;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Returns whether this node is alive, whether it is ready, and the state of the components that it uses. */
@RestController
final class NodeHealthController {

    private static final String UP = "UP";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ReadinessService readinessService;

    NodeHealthController(ReadinessService readinessService) {
        this.readinessService = readinessService;
    }

    @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Object>> health(QueryParameters queryParameters) {
        boolean ready = queryParameters.boolOr("ready", false);
        boolean deep = queryParameters.boolOr("deep", false);
        queryParameters.validate();
        return view(ready, deep)
                .map(view ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view));
    }

    private Mono<Object> view(boolean ready, boolean deep) {
        if (deep) {
            return readinessService.all().map(NodeHealthController::toDeepView);
        }
        return ready ? readinessService.checks().map(NodeHealthController::ready) : Mono.just(new HealthView(UP, null));
    }

    private static HealthView ready(List<Check> checks) {
        requireReady(
                checks.stream().filter(check -> !check.ready()).map(check -> missing(check.name(), check.detail())));
        return new HealthView(UP, checks);
    }

    private static DeepHealthView toDeepView(List<DeepCheck> checks) {
        requireReady(checks.stream()
                .filter(check -> check.needed() && !check.ready())
                .map(check -> missing(check.name(), check.detail() + ", after " + check.durationMs() + " ms")));
        return new DeepHealthView(UP, checks);
    }

    private static FieldError missing(String name, String detail) {
        return new FieldError(name, detail, null, "ready");
    }

    private static void requireReady(Stream<FieldError> missing) {
        var errors = missing.toList();
        if (!errors.isEmpty()) {
            throw new RegistryException(
                    ErrorCode.NOT_READY, "A required component of this node is not ready.", errors, RETRY_AFTER);
        }
    }
}
