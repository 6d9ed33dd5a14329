package dev.aicore.discovery.query.status;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.status.HealthView;
import dev.aicore.discovery.api.status.HealthView.DeepHealthView;
import dev.aicore.discovery.api.status.HealthView.DeepHealthView.DeepCheck;
import dev.aicore.discovery.api.status.RegistryStatusView.Check;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.QueryParameters;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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
    private static final String WRITES = "writes";
    private static final Set<String> YES = Set.of("true", "True", "1");
    private static final Choices<String> READY = Choices.ofNames("true", "false", WRITES, "True", "False", "1", "0");

    private final ReadinessService readinessService;
    private final BooleanSupplier running;
    private final Supplier<String> missingForWrites;

    /**
     * Creates a controller.
     *
     * @param running returns false once the node is stopping
     * @param missingForWrites returns why the node would take no write now; an empty text if it would
     */
    NodeHealthController(
            ReadinessService readinessService, BooleanSupplier running, Supplier<String> missingForWrites) {
        this.readinessService = readinessService;
        this.running = running;
        this.missingForWrites = missingForWrites;
    }

    @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Object>> health(QueryParameters queryParameters) {
        var ready = queryParameters.choiceOr("ready", READY, "false");
        boolean deep = queryParameters.boolOr("deep", false);
        queryParameters.validate();
        return view(ready, deep)
                .map(view ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(view));
    }

    private Mono<Object> view(String ready, boolean deep) {
        if (deep) {
            return readinessService.all().map(NodeHealthController::toDeepView);
        }
        if (ready.equals(WRITES)) {
            return readinessService.checks().map(checks -> ready(missingForWrites.get(), checks));
        }
        return YES.contains(ready)
                ? readinessService.checks().map(checks -> ready("", checks))
                : Mono.just(new HealthView(UP, null));
    }

    /**
     * Returns the checks, of which some may have failed: without PostgreSQL the node still answers what it has in
     * memory. Were it not ready then, none would be, and callers would get no answer at all.
     */
    private HealthView ready(String missing, List<Check> checks) {
        if (!running.getAsBoolean()) {
            requireReady(Stream.of(missing("node", "The node is stopping.")));
        }
        if (!missing.isEmpty()) {
            requireReady(Stream.of(missing(WRITES, missing)));
        }
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
