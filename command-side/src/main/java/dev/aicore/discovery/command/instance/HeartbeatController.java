package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome.Renewed;
import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.lane.HotRoute;
import dev.aicore.discovery.config.metrics.HealthCheckCounts;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.PendingBodies;
import dev.aicore.discovery.config.web.Written;
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

/** Heartbeats, on both lanes. */
@RestController
final class HeartbeatController implements HotRoute {

    private static final String BEFORE_ID = "/api/v1/services/";
    private static final String BEHIND_ID = "/heartbeat";
    private static final String PATH = BEFORE_ID + "{id}" + BEHIND_ID;

    /** What is sent as it is. */
    private static final Pattern PLAIN_PATH = Pattern.compile(BEFORE_ID + "[A-Za-z0-9._:@-]+" + BEHIND_ID);

    private final Intake intake;
    private final HealthCheckCounts checks;
    private final PendingBodies bodies;
    private final TimeSource time;

    HeartbeatController(Intake intake, HealthCheckCounts checks, PendingBodies bodies, TimeSource time) {
        this.intake = intake;
        this.checks = checks;
        this.bodies = bodies;
        this.time = time;
    }

    /**
     * What a heartbeat did.
     *
     * @param expiresAt when the lease runs out unless it is renewed; null if there is no lease
     * @param revived true if it brought the instance back
     */
    record Beat(String id, String serviceId, @Nullable Instant expiresAt, boolean revived) {}

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<byte[]>> heartbeat(
            @PathVariable String id, Caller caller, Body body, ServerHttpRequest request) {
        return renew(id, request, caller, body).map(Written::respond);
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
    public Mono<Written> answer(ServerHttpRequest request, Caller caller) {
        var path = request.getURI().getRawPath();
        var id = path.substring(BEFORE_ID.length(), path.length() - BEHIND_ID.length());
        return renew(id, request, caller, bodies.of(request));
    }

    private Mono<Written> renew(String id, ServerHttpRequest request, Caller caller, Body body) {
        Names.INSTANCE.require("service_id", id);
        return body.optional()
                .map(fields -> Heartbeat.read(fields, id))
                .flatMap(beat -> Replies.await(
                                request, () -> intake.renew(beat.of(id, intake.now(), Envelopes.of(caller))))
                        .doOnNext(reply -> count(beat.kind())))
                .map(reply -> answer(id, reply));
    }

    private void count(ObservationKind kind) {
        if (kind == ObservationKind.REPORTED_HEALTHY || kind == ObservationKind.REPORTED_UNHEALTHY) {
            checks.reported(kind == ObservationKind.REPORTED_HEALTHY);
        }
    }

    private Written answer(String id, Reply reply) {
        var renewed = (Renewed) reply.outcome();
        var beat = new Beat(id, id, renewed.lease().due(), renewed.revived());
        return Written.of(Answer.of(beat, reply.position(), time.now()));
    }
}
