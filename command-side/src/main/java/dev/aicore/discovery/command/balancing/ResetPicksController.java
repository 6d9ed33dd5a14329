package dev.aicore.discovery.command.balancing;

import dev.aicore.discovery.api.shard.Outcome.Reset;
import dev.aicore.discovery.api.shard.ResetPicks;
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
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Has picks counted from 0 again, which is a fact: who did it, when and why. */
@RestController
final class ResetPicksController {

    private final Intake intake;
    private final Once once;

    ResetPicksController(Intake intake, Once once) {
        this.intake = intake;
        this.once = once;
    }

    /** Whose picks count from 0 again, and since when. */
    record Begun(String serviceName, boolean reset, Instant since) {}

    @DeleteMapping(path = "/api/v1/load-balancer/{service_name}/stats", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<Begun>>> reset(
            @PathVariable("service_name") String service,
            Query query,
            Caller caller,
            Body body,
            ServerWebExchange exchange) {
        Names.SERVICE.require("service_name", service);
        query.orThrow();
        return Envelopes.saying(caller, body)
                .map(by -> new ResetPicks(service, by))
                .flatMap(asked ->
                        Replies.await(() -> once.run(exchange, caller, body, key -> intake.reset(asked, key))))
                .map(ResetPicksController::answer);
    }

    private static ResponseEntity<Answer<Begun>> answer(Reply reply) {
        var reset = (Reset) reply.outcome();
        return Replies.answer(new Begun(reset.service(), true, reset.at()), reply)
                .respond(HttpStatus.OK);
    }
}
