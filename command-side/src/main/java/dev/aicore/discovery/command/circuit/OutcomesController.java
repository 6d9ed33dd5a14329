package dev.aicore.discovery.command.circuit;

import dev.aicore.discovery.api.instance.Breaker;
import dev.aicore.discovery.api.shard.CallOutcomes;
import dev.aicore.discovery.api.shard.Outcome.Circuit;
import dev.aicore.discovery.api.shard.ReportOutcomes;
import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.command.idempotency.Once;
import dev.aicore.discovery.command.instance.Envelopes;
import dev.aicore.discovery.command.instance.Names;
import dev.aicore.discovery.command.instance.Replies;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Fields;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** How calls of an instance went, as one of its callers saw them. */
@RestController
final class OutcomesController {

    private final Intake intake;
    private final Once once;

    OutcomesController(Intake intake, Once once) {
        this.intake = intake;
        this.once = once;
    }

    /** The circuit breaker in front of the instance, once the report counts. */
    record Counted(String id, String serviceId, Breaker breaker) {}

    @PostMapping(path = "/api/v1/services/{id}/outcomes", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<Counted>>> report(
            @PathVariable String id, Caller caller, Body body, ServerWebExchange exchange) {
        Names.INSTANCE.require("service_id", id);
        return body.required()
                .flatMap(fields -> {
                    var reason = Envelopes.reasonIn(fields);
                    var by = Envelopes.of(caller.because(reason), body.idempotencyKey());
                    var asked = new ReportOutcomes(id, read(fields), intake.now(), by);
                    return Replies.await(() -> once.run(exchange, caller, body, key -> intake.report(asked, key)));
                })
                .map(OutcomesController::answer);
    }

    private static CallOutcomes read(Fields fields) {
        int successes = fields.integerOr("successes", 0, CallOutcomes.MOST, 0);
        int failures = fields.integerOr("failures", 0, CallOutcomes.MOST, 0);
        fields.rejectUnknown();
        fields.orThrow();
        if (successes + failures == 0) {
            fields.reject("successes", "is 0, as failures is", "1 or more of either");
            fields.orThrow();
        }
        return new CallOutcomes(successes, failures);
    }

    private static ResponseEntity<Answer<Counted>> answer(Reply reply) {
        var circuit = (Circuit) reply.outcome();
        return Replies.answer(new Counted(circuit.id(), circuit.id(), circuit.breaker()), reply)
                .respond(HttpStatus.OK);
    }
}
