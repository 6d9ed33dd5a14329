package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.api.Outcome.Renewed;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.config.telemetry.HealthCheckCounters;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.IncompleteBodyLimit;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.SerializedResponse;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves heartbeats, through WebFlux and on the hot path. */
@RestController
final class HeartbeatController implements HotRoute {

    private static final String PATH_PREFIX = "/api/v1/services/";
    private static final String PATH_SUFFIX = "/heartbeat";
    private static final String PATH = PATH_PREFIX + "{id}" + PATH_SUFFIX;

    /** Paths of the hot path: ids without percent-encoded characters. */
    private static final Pattern PLAIN_PATH = Pattern.compile(PATH_PREFIX + "[A-Za-z0-9._:@-]+" + PATH_SUFFIX);

    private final CommandGateway commandGateway;
    private final HealthCheckCounters checks;
    private final IncompleteBodyLimit bodyLimit;
    private final TimeSource time;

    HeartbeatController(
            CommandGateway commandGateway, HealthCheckCounters checks, IncompleteBodyLimit bodyLimit, TimeSource time) {
        this.commandGateway = commandGateway;
        this.checks = checks;
        this.bodyLimit = bodyLimit;
        this.time = time;
    }

    /**
     * Result of a heartbeat.
     *
     * @param expiresAt time at which the lease expires unless it is renewed; null without lease
     * @param revived true if the heartbeat revived the instance
     */
    record HeartbeatResponse(
            String id, String serviceId, @Nullable Instant expiresAt, boolean revived) {}

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<byte[]>> heartbeat(
            @PathVariable String id, Caller caller, JsonBody jsonBody, ServerHttpRequest request) {
        return renew(id, request, caller, jsonBody).map(SerializedResponse::respond);
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public String template() {
        return PATH;
    }

    @Override
    public boolean matches(String path) {
        return PLAIN_PATH.matcher(path).matches();
    }

    @Override
    public Mono<SerializedResponse> respond(ServerHttpRequest request, Caller caller) {
        var path = request.getURI().getRawPath();
        var id = path.substring(PATH_PREFIX.length(), path.length() - PATH_SUFFIX.length());
        return renew(id, request, caller, bodyLimit.of(request));
    }

    private Mono<SerializedResponse> renew(String id, ServerHttpRequest request, Caller caller, JsonBody jsonBody) {
        NameRules.INSTANCE.require("service_id", id);
        return jsonBody.optional()
                .map(jsonFields -> Heartbeat.read(jsonFields, id))
                .flatMap(beat -> CommandReplyMapper.await(
                                request,
                                () -> commandGateway.renew(
                                        beat.of(id, commandGateway.now(), EventMetadataFactory.of(caller))))
                        .doOnNext(_ -> beat.countReported(checks)))
                .map(reply -> respond(id, reply));
    }

    private SerializedResponse respond(String id, CommandReply commandReply) {
        var renewed = (Renewed) commandReply.outcome();
        var heartbeatResponse = new HeartbeatResponse(id, id, renewed.lease().dueInstant(), renewed.revived());
        return SerializedResponse.of(ApiResponse.of(heartbeatResponse, commandReply.position(), time.now()));
    }
}
