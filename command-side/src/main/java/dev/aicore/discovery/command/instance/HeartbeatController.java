package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome.Renewed;
import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.metrics.HealthCheckCounts;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Heartbeats. */
@RestController
final class HeartbeatController {

    private final Intake intake;
    private final HealthCheckCounts checks;
    private final TimeSource time;

    HeartbeatController(Intake intake, HealthCheckCounts checks, TimeSource time) {
        this.intake = intake;
        this.checks = checks;
        this.time = time;
    }

    /**
     * What a heartbeat did.
     *
     * @param expiresAt when the lease runs out unless it is renewed; null if there is no lease
     * @param revived true if it brought the instance back
     */
    record Beat(String id, String serviceId, @Nullable Instant expiresAt, boolean revived) {}

    @PostMapping(path = "/api/v1/services/{id}/heartbeat", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<Beat>>> heartbeat(@PathVariable String id, Caller caller, Body body) {
        RegistrationController.ID.require("service_id", id);
        return body.optional()
                .map(fields -> Heartbeat.read(fields, id))
                .flatMap(beat -> Replies.await(() -> intake.renew(beat.of(id, intake.now(), Envelopes.of(caller))))
                        .doOnNext(reply -> count(beat.kind())))
                .map(reply -> answer(id, reply));
    }

    private void count(ObservationKind kind) {
        if (kind == ObservationKind.REPORTED_HEALTHY || kind == ObservationKind.REPORTED_UNHEALTHY) {
            checks.reported(kind == ObservationKind.REPORTED_HEALTHY);
        }
    }

    private ResponseEntity<Answer<Beat>> answer(String id, Reply reply) {
        var renewed = (Renewed) reply.outcome();
        return Answer.ok(new Beat(id, id, renewed.lease().due(), renewed.revived()), reply.position(), time.now());
    }
}
