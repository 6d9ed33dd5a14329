package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceIds;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.Outcome.Change;
import dev.aicore.discovery.api.shard.Outcome.Held;
import dev.aicore.discovery.api.shard.RegisterInstance;
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
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Written;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Registering, on both lanes, and deregistering. */
@RestController
@RequestMapping(path = RegistrationController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class RegistrationController implements HotRoute {

    static final String PATH = "/api/v1/services";

    private static final Map<String, Health> INITIAL = Map.of("healthy", Health.HEALTHY, "starting", Health.STARTING);

    private final Intake intake;
    private final Once once;
    private final DeclarationForm form;
    private final boolean checksRenew;
    private final Duration heartbeatInterval;
    private final PendingBodies bodies;

    /**
     * @param checksRenew       whether a passed active check counts as a heartbeat
     * @param heartbeatInterval the longest rhythm of heartbeats to recommend
     * @param bodies            reads those of requests
     */
    RegistrationController(
            Intake intake,
            Once once,
            DeclarationForm form,
            boolean checksRenew,
            Duration heartbeatInterval,
            PendingBodies bodies) {
        this.intake = intake;
        this.once = once;
        this.form = form;
        this.checksRenew = checksRenew;
        this.heartbeatInterval = heartbeatInterval;
        this.bodies = bodies;
    }

    /** What was deregistered. */
    record Gone(String id, String serviceId, boolean deregistered) {}

    @PostMapping
    Mono<ResponseEntity<Answer<Registered>>> register(Caller caller, Body body, ServerWebExchange exchange) {
        return register(
                exchange.getRequest(),
                caller,
                body,
                asked -> once.run(exchange, caller, body, key -> intake.register(asked, key)));
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public String template() {
        return PATH;
    }

    /** One that may have been done before has to be looked up. */
    @Override
    public boolean takes(HttpHeaders headers) {
        return !headers.containsHeader(IdempotencyKey.HEADER);
    }

    @Override
    public Mono<Written> answer(ServerHttpRequest request, Caller caller) {
        return register(request, caller, bodies.of(request), asked -> intake.register(asked, null))
                .map(Written::of);
    }

    private Mono<ResponseEntity<Answer<Registered>>> register(
            ServerHttpRequest request,
            Caller caller,
            Body body,
            Function<RegisterInstance, CompletableFuture<Reply>> write) {
        boolean onlyNew = Preconditions.onlyNew(request);
        return body.required()
                .map(fields -> read(fields, onlyNew, caller, body))
                .flatMap(asked ->
                        Replies.await(request, () -> write.apply(asked)).map(reply -> answer(asked, reply)));
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Answer<Gone>>> deregister(
            @PathVariable String id, Query query, Caller caller, Body body, ServerWebExchange exchange) {
        Names.INSTANCE.require("service_id", id);
        query.orThrow();
        return Envelopes.saying(caller, body)
                .map(by -> new DeregisterInstance(id, Preconditions.ifMatch(exchange.getRequest()), by))
                .flatMap(asked ->
                        Replies.await(() -> once.run(exchange, caller, body, key -> intake.deregister(asked, key))))
                .map(reply -> Replies.answer(new Gone(id, id, true), reply).respond(HttpStatus.OK));
    }

    private RegisterInstance read(Fields fields, boolean onlyNew, Caller caller, Body body) {
        var declaration = form.read(fields);
        var given = fields.textOrNull("id", Names.INSTANCE);
        var initial = readWhatConcernsNewOnes(fields);
        var reason = Envelopes.reasonIn(fields);
        fields.rejectUnknown();
        fields.orThrow();
        caller.requireReach(declaration.name());
        var id = given != null
                ? given
                : InstanceIds.derive(
                        Envelope.DEFAULT_NAMESPACE, declaration.name(), declaration.address(), declaration.port());
        return new RegisterInstance(
                id, declaration, initial, onlyNew, Envelopes.of(caller.because(reason), body.idempotencyKey()));
    }

    /** The namespace, of which there is one, and what a new instance counts as. */
    static Health readWhatConcernsNewOnes(Fields fields) {
        fields.choiceOrNull("namespace", Map.of(Envelope.DEFAULT_NAMESPACE, Envelope.DEFAULT_NAMESPACE));
        return fields.choiceOr("initial_status", INITIAL, Health.HEALTHY);
    }

    private ResponseEntity<Answer<Registered>> answer(RegisterInstance asked, Reply reply) {
        var held = (Held) reply.outcome();
        var view = Replies.view(asked.id(), asked.envelope().namespace(), held, checksRenew, reply.position());
        var registered = Registered.of(view, heartbeatInterval);
        if (held.change() != Change.CREATED) {
            return Replies.answer(registered, reply)
                    .respond(HttpStatus.OK, headers -> headers.setETag(Replies.tag(view)));
        }
        var location = URI.create(PATH + "/" + URLEncoder.encode(asked.id(), StandardCharsets.UTF_8));
        return Replies.answer(registered, reply).respond(HttpStatus.CREATED, headers -> {
            headers.setLocation(location);
            headers.setETag(Replies.tag(view));
        });
    }
}
