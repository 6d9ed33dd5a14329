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
import dev.aicore.discovery.config.lane.HotRoute;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Body;
import dev.aicore.discovery.config.web.Fields;
import dev.aicore.discovery.config.web.IdempotencyKey;
import dev.aicore.discovery.config.web.PendingBodies;
import dev.aicore.discovery.config.web.Written;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Changing some of what is declared about an instance; {@code PATCH} on both lanes. */
@RestController
final class UpdateController implements HotRoute {

    private static final String BEFORE_ID = "/api/v1/services/";
    private static final String PATH = BEFORE_ID + "{id}";

    /** What is sent as it is. */
    private static final Pattern PLAIN_PATH = Pattern.compile(BEFORE_ID + "[A-Za-z0-9._:@-]+");

    private static final String STATUS = "status";

    private static final Map<String, Declared> DECLARED = Map.of(
            "active", Declared.ACTIVE,
            "maintenance", Declared.MAINTENANCE,
            "draining", Declared.DRAINING);

    private final Intake intake;
    private final Once once;
    private final boolean checksRenew;
    private final PendingBodies bodies;

    /**
     * @param checksRenew whether a passed active check counts as a heartbeat
     * @param bodies reads those of requests
     */
    UpdateController(Intake intake, Once once, boolean checksRenew, PendingBodies bodies) {
        this.checksRenew = checksRenew;
        this.intake = intake;
        this.once = once;
        this.bodies = bodies;
    }

    /** Both methods merge: older clients send PUT with the fields that change. */
    @RequestMapping(
            path = PATH,
            method = {RequestMethod.PUT, RequestMethod.PATCH},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<InstanceView>>> update(
            @PathVariable String id, Caller caller, Body body, ServerWebExchange exchange) {
        return update(
                id,
                exchange.getRequest(),
                caller,
                body,
                asked -> once.run(exchange, caller, body, key -> intake.update(asked, key)));
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.PATCH;
    }

    @Override
    public String template() {
        return PATH;
    }

    @Override
    public boolean matches(String path) {
        return PLAIN_PATH.matcher(path).matches();
    }

    /** One that may have been done before has to be looked up. */
    @Override
    public boolean takes(HttpHeaders headers) {
        return !headers.containsHeader(IdempotencyKey.HEADER);
    }

    @Override
    public Mono<Written> answer(ServerHttpRequest request, Caller caller) {
        var id = request.getURI().getRawPath().substring(BEFORE_ID.length());
        return update(id, request, caller, bodies.of(request), asked -> intake.update(asked, null))
                .map(Written::of);
    }

    private Mono<ResponseEntity<Answer<InstanceView>>> update(
            String id,
            ServerHttpRequest request,
            Caller caller,
            Body body,
            Function<UpdateInstance, CompletableFuture<Reply>> write) {
        Names.INSTANCE.require("service_id", id);
        var precondition = Preconditions.ifMatch(request);
        return body.patch()
                .map(fields -> read(id, fields, precondition, caller, body))
                .flatMap(asked ->
                        Replies.await(request, () -> write.apply(asked)).map(reply -> answer(asked, reply)));
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
        return Replies.answer(view, reply).respond(HttpStatus.OK, headers -> headers.setETag(Replies.tag(view)));
    }
}
