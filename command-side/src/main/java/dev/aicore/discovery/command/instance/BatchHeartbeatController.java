package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply.BatchReply;
import dev.aicore.discovery.config.telemetry.HealthCheckCounters;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.IncompleteBodyLimit;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.SerializedResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Serves heartbeats of many instances in one request, through WebFlux and on the hot path. */
@RestController
final class BatchHeartbeatController implements HotRoute {

    private static final String PATH = "/api/v1/heartbeats";

    /**
     * Maximum size of a body: the maximum number of ids of maximum length, each with quotes and a comma, plus white
     * space.
     */
    static final int MAX_BYTES = 4 * 1024 * 1024;

    private final CommandGateway commandGateway;
    private final HealthCheckCounters checks;
    private final IncompleteBodyLimit bodyLimit;
    private final TimeSource time;

    BatchHeartbeatController(
            CommandGateway commandGateway, HealthCheckCounters checks, IncompleteBodyLimit bodyLimit, TimeSource time) {
        this.commandGateway = commandGateway;
        this.checks = checks;
        this.bodyLimit = bodyLimit;
        this.time = time;
    }

    /**
     * Result of one heartbeat.
     *
     * @param outcome {@code renewed}, {@code revived}, or the error code
     * @param expiresAt time at which the lease expires unless it is renewed; null after an error or without lease
     * @param code error code, equal to {@code outcome}; null without error
     * @param detail description of the error; null without error
     */
    record HeartbeatItem(
            String id,
            String outcome,
            @Nullable Instant expiresAt,
            @Nullable String code,
            @Nullable String detail) {}

    /**
     * Results of all heartbeats: the number of each kind, and the single results in the order in which the ids first
     * occur.
     */
    record HeartbeatBatch(int total, int renewed, int revived, int failed, List<HeartbeatItem> outcomes) {}

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<byte[]>> heartbeats(Caller caller, JsonBody jsonBody) {
        return renew(caller, jsonBody).map(SerializedResponse::respond);
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
    public Mono<SerializedResponse> respond(ServerHttpRequest request, Caller caller) {
        return renew(caller, bodyLimit.of(request));
    }

    private Mono<SerializedResponse> renew(Caller caller, JsonBody jsonBody) {
        return jsonBody.required(MAX_BYTES)
                .map(HeartbeatBatchRequest::read)
                .flatMap(request -> Mono.fromFuture(() -> renew(request, EventMetadataFactory.of(caller)), true)
                        .map(reply -> respond(request, reply)));
    }

    private CompletableFuture<BatchReply> renew(HeartbeatBatchRequest request, EventMetadata metadata) {
        long now = commandGateway.now();
        var renewed = commandGateway.renewAll(request.ids(), now, metadata);
        return request.reports().isEmpty()
                ? renewed
                : renewed.thenCombine(commandGateway.renewEach(request.commands(now, metadata)), BatchReply::and);
    }

    private SerializedResponse respond(HeartbeatBatchRequest request, BatchReply reply) {
        int place = request.ids().size();
        for (var heartbeat : request.reports().values()) {
            if (reply.outcomes().get(place++) instanceof Outcome.Renewed) {
                heartbeat.countReported(checks);
            }
        }
        var batch = toHeartbeatBatch(request.allIds(), reply);
        return SerializedResponse.of(ApiResponse.of(batch, reply.position(), time.now()));
    }

    private static HeartbeatBatch toHeartbeatBatch(List<String> ids, BatchReply reply) {
        var beats = new ArrayList<HeartbeatItem>(ids.size());
        int revived = 0;
        int failed = 0;
        for (int i = 0; i < ids.size(); i++) {
            var id = ids.get(i);
            if (reply.outcomes().get(i) instanceof Outcome.Renewed renewed) {
                revived += renewed.revived() ? 1 : 0;
                beats.add(toHeartbeatItem(id, renewed));
            } else if (reply.outcomes().get(i) instanceof Outcome.Refused refused) {
                failed++;
                var code = refused.code().code();
                beats.add(new HeartbeatItem(id, code, null, code, refused.detail()));
            }
        }
        return new HeartbeatBatch(beats.size(), beats.size() - revived - failed, revived, failed, beats);
    }

    private static HeartbeatItem toHeartbeatItem(String id, Outcome.Renewed renewed) {
        return new HeartbeatItem(
                id, renewed.revived() ? "revived" : "renewed", renewed.lease().dueInstant(), null, null);
    }
}
