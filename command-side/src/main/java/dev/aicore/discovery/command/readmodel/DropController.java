package dev.aicore.discovery.command.readmodel;

import dev.aicore.discovery.api.shard.Outcome.Dropped;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.command.idempotency.Once;
import dev.aicore.discovery.command.instance.Envelopes;
import dev.aicore.discovery.command.instance.Replies;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Text;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives up a fact that read models couldn't fold, which is a fact itself: who did it, when and why. */
@RestController
final class DropController {

    private static final Text POSITION = Text.matching(Pattern.compile("[0-9]{1,18}"), "a position, such as 1234");

    private final DeadLetterDesk desk;
    private final Once once;

    DropController(DeadLetterDesk desk, Once once) {
        this.desk = desk;
        this.once = once;
    }

    /** What was given up, and by which read models. */
    record Gone(long position, boolean dropped, List<String> projections) {}

    @DeleteMapping(path = "/api/v1/admin/dead-letters/{position}", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<Gone>>> drop(
            @PathVariable("position") String position, Caller caller, Body body, ServerWebExchange exchange) {
        long wanted = Long.parseLong(POSITION.require("position", position));
        return Envelopes.saying(caller, body)
                .flatMap(by -> Replies.await(() -> once.run(exchange, caller, body, key -> desk.drop(wanted, by, key))))
                .map(DropController::answer);
    }

    private static ResponseEntity<Answer<Gone>> answer(Reply reply) {
        var dropped = (Dropped) reply.outcome();
        return Replies.answer(new Gone(dropped.position(), true, dropped.models()), reply)
                .respond(HttpStatus.OK);
    }
}
