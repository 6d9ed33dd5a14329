package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.api.shard.Outcome.Monitored;
import dev.aicore.discovery.api.shard.SwitchMonitoring;
import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.command.idempotency.Once;
import dev.aicore.discovery.command.instance.Envelopes;
import dev.aicore.discovery.command.instance.Names;
import dev.aicore.discovery.command.instance.Replies;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Query;
import java.time.Instant;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Starts and stops the checks of an instance, which is a fact: who did it, when and why. */
@RestController
final class MonitoringController {

    private static final String PATH = "/api/v1/services/{id}/monitoring";

    private final Intake intake;
    private final Once once;
    private final boolean enabled;

    /** @param enabled whether there are active checks at all */
    MonitoringController(Intake intake, Once once, boolean enabled) {
        this.intake = intake;
        this.once = once;
        this.enabled = enabled;
    }

    /**
     * Whether the instance is to be checked.
     *
     * @param at since when, or when that was found to be so already
     * @param checksEnabled false if this registry makes no active checks, whatever is asked for
     */
    record Switched(String id, String serviceId, boolean monitored, Instant at, boolean checksEnabled) {}

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<Switched>>> start(
            @PathVariable String id, Caller caller, Body body, ServerWebExchange exchange) {
        Names.INSTANCE.require("service_id", id);
        return turn(id, true, caller, body, exchange);
    }

    @DeleteMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<Switched>>> stop(
            @PathVariable String id, Query query, Caller caller, Body body, ServerWebExchange exchange) {
        Names.INSTANCE.require("service_id", id);
        query.orThrow();
        return turn(id, false, caller, body, exchange);
    }

    private Mono<ResponseEntity<Answer<Switched>>> turn(
            String id, boolean on, Caller caller, Body body, ServerWebExchange exchange) {
        return Envelopes.saying(caller, body)
                .map(by -> new SwitchMonitoring(id, on, by))
                .flatMap(asked -> Replies.await(
                        () -> once.run(exchange, caller, body, key -> intake.switchMonitoring(asked, key))))
                .map(this::answer);
    }

    private ResponseEntity<Answer<Switched>> answer(Reply reply) {
        var monitored = (Monitored) reply.outcome();
        return Replies.answer(
                        new Switched(monitored.id(), monitored.id(), monitored.on(), monitored.at(), enabled), reply)
                .respond(HttpStatus.OK);
    }
}
