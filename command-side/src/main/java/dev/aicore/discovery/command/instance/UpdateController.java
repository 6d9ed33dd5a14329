package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.shard.Outcome.Held;
import dev.aicore.discovery.api.shard.Precondition;
import dev.aicore.discovery.api.shard.UpdateInstance;
import dev.aicore.discovery.command.collector.Intake;
import dev.aicore.discovery.command.collector.Reply;
import dev.aicore.discovery.command.idempotency.Once;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Fields;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Changing some of what is declared about an instance. */
@RestController
final class UpdateController {

    private static final String STATUS = "status";

    private static final Map<String, Declared> DECLARED = Map.of(
            "active", Declared.ACTIVE,
            "maintenance", Declared.MAINTENANCE,
            "draining", Declared.DRAINING);

    private final Intake intake;
    private final Once once;
    private final boolean checksRenew;

    /** @param checksRenew whether a passed active check counts as a heartbeat */
    UpdateController(Intake intake, Once once, boolean checksRenew) {
        this.checksRenew = checksRenew;
        this.intake = intake;
        this.once = once;
    }

    /** Both methods merge: older clients send PUT with the fields that change. */
    @RequestMapping(
            path = "/api/v1/services/{id}",
            method = {RequestMethod.PUT, RequestMethod.PATCH},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<InstanceView>>> update(
            @PathVariable String id, Caller caller, Body body, ServerWebExchange exchange) {
        Names.INSTANCE.require("service_id", id);
        var precondition = Preconditions.ifMatch(exchange.getRequest());
        return body.patch()
                .map(fields -> read(id, fields, precondition, caller, body))
                .flatMap(asked -> Replies.await(
                                () -> once.run(exchange, caller, body, key -> intake.update(asked, key)))
                        .map(reply -> answer(asked, reply)));
    }

    private static UpdateInstance read(String id, Fields fields, Precondition precondition, Caller caller, Body body) {
        var given = fields.textOrNull("id", Names.INSTANCE);
        if (given != null && !given.equals(id)) {
            fields.reject("id", "is not the id in the path", id);
        }
        var name = fields.textOrNull("name", Names.SERVICE);
        var declared = fields.isNull(STATUS) ? Declared.ACTIVE : fields.choiceOrNull(STATUS, DECLARED);
        RegistrationController.readWhatConcernsNewOnes(fields);
        var reason = Envelopes.reasonIn(fields);
        var patch = fields.only(DeclarationForm.CHANGEABLE).toString();
        fields.rejectUnknown();
        fields.orThrow();
        return new UpdateInstance(
                id, name, patch, declared, precondition, Envelopes.of(caller.because(reason), body.idempotencyKey()));
    }

    private ResponseEntity<Answer<InstanceView>> answer(UpdateInstance asked, Reply reply) {
        var view = Replies.view(
                asked.id(), asked.envelope().namespace(), (Held) reply.outcome(), checksRenew, reply.position());
        return Answer.of(view, reply.position(), reply.at())
                .respond(HttpStatus.OK, headers -> headers.setETag(Replies.tag(view)));
    }
}
