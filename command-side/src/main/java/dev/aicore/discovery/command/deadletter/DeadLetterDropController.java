package dev.aicore.discovery.command.deadletter;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.Outcome.Dropped;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.command.instance.CommandReplyMapper;
import dev.aicore.discovery.command.instance.EventMetadataFactory;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.TextConstraint;
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

/** Drops a dead letter. The drop is recorded as a fact, with the caller, the time and the reason. */
@RestController
final class DeadLetterDropController {

    private static final TextConstraint POSITION =
            TextConstraint.matching(Pattern.compile("[0-9]{1,18}"), "a position, such as 1234");

    private final DeadLetterDropService service;
    private final IdempotentExecutor idempotent;

    DeadLetterDropController(DeadLetterDropService service, IdempotentExecutor executor) {
        this.service = service;
        this.idempotent = executor;
    }

    /** Position of the dropped fact, and the names of the read models that dropped it. */
    record DropResponse(long position, boolean dropped, List<String> projections) {}

    @DeleteMapping(path = "/api/v1/admin/dead-letters/{position}", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<DropResponse>>> drop(
            @PathVariable("position") String position, Caller caller, JsonBody jsonBody, ServerWebExchange exchange) {
        long wanted = Long.parseLong(POSITION.require("position", position));
        return EventMetadataFactory.withReason(caller, jsonBody)
                .flatMap(metadata -> CommandReplyMapper.await(
                        () -> idempotent.run(exchange, caller, jsonBody, key -> service.drop(wanted, metadata, key))))
                .map(DeadLetterDropController::respond);
    }

    private static ResponseEntity<ApiResponse<DropResponse>> respond(CommandReply commandReply) {
        var dropped = (Dropped) commandReply.outcome();
        return CommandReplyMapper.toResponse(new DropResponse(dropped.position(), true, dropped.models()), commandReply)
                .respond(HttpStatus.OK);
    }
}
