package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome.Change;
import dev.aicore.discovery.api.Outcome.Stored;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.IdempotencyKeyHeader;
import dev.aicore.discovery.web.IncompleteBodyLimit;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.SerializedResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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

/** Serves registrations, through WebFlux and on the hot path, and deregistrations. */
@RestController
@RequestMapping(path = RegistrationController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class RegistrationController implements HotRoute {

    static final String PATH = "/api/v1/services";

    private static final Choices<String> NAMESPACES = Choices.ofNames(EventMetadata.DEFAULT_NAMESPACE);
    private static final Choices<HealthState> INITIAL =
            Choices.of(List.of(HealthState.HEALTHY, HealthState.STARTING), HealthState::jsonName);

    private final CommandGateway commandGateway;
    private final IdempotentExecutor idempotent;
    private final RegistrationService registrations;
    private final boolean checksRenew;
    private final Duration heartbeatInterval;
    private final IncompleteBodyLimit bodyLimit;

    /**
     * Creates the controller.
     *
     * @param checksRenew true if a passed active check counts as a heartbeat
     * @param heartbeatInterval maximum interval of heartbeats to recommend
     * @param bodyLimit reads the bodies of requests on the hot path
     */
    RegistrationController(
            CommandGateway commandGateway,
            IdempotentExecutor executor,
            RegistrationService registrations,
            boolean checksRenew,
            Duration heartbeatInterval,
            IncompleteBodyLimit bodyLimit) {
        this.commandGateway = commandGateway;
        this.idempotent = executor;
        this.registrations = registrations;
        this.checksRenew = checksRenew;
        this.heartbeatInterval = heartbeatInterval;
        this.bodyLimit = bodyLimit;
    }

    /** Result of a deregistration. */
    record DeregistrationResponse(String id, String serviceId, boolean deregistered) {}

    @PostMapping
    Mono<ResponseEntity<ApiResponse<RegistrationResponse>>> register(
            Caller caller, JsonBody jsonBody, ServerWebExchange exchange) {
        return register(
                exchange.getRequest(),
                caller,
                jsonBody,
                command -> idempotent.run(exchange, caller, jsonBody, key -> commandGateway.register(command, key)));
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.POST;
    }

    @Override
    public String template() {
        return PATH;
    }

    /** Returns false for a request with an idempotency key: its stored reply must be looked up first. */
    @Override
    public boolean accepts(HttpHeaders headers) {
        return !headers.containsHeader(IdempotencyKeyHeader.HEADER);
    }

    @Override
    public Mono<SerializedResponse> respond(ServerHttpRequest request, Caller caller) {
        return register(request, caller, bodyLimit.of(request), command -> commandGateway.register(command, null))
                .map(SerializedResponse::of);
    }

    private Mono<ResponseEntity<ApiResponse<RegistrationResponse>>> register(
            ServerHttpRequest request,
            Caller caller,
            JsonBody jsonBody,
            Function<RegisterInstance, CompletableFuture<CommandReply>> write) {
        boolean onlyNew = PreconditionParser.onlyNew(request);
        return jsonBody.required()
                .map(jsonFields -> registrations.toRegistration(jsonFields, onlyNew, caller, jsonBody.idempotencyKey()))
                .flatMap(command -> CommandReplyMapper.await(request, () -> write.apply(command))
                        .map(commandReply -> respond(command, commandReply)));
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<ApiResponse<DeregistrationResponse>>> deregister(
            @PathVariable String id,
            QueryParameters queryParameters,
            Caller caller,
            JsonBody jsonBody,
            ServerWebExchange exchange) {
        NameRules.INSTANCE.require("service_id", id);
        queryParameters.validate();
        return EventMetadataFactory.withReason(caller, jsonBody)
                .map(metadata ->
                        new DeregisterInstance(id, PreconditionParser.ifMatch(exchange.getRequest()), metadata))
                .flatMap(command -> CommandReplyMapper.await(() ->
                        idempotent.run(exchange, caller, jsonBody, key -> commandGateway.deregister(command, key))))
                .map(commandReply -> CommandReplyMapper.toResponse(
                                new DeregistrationResponse(id, id, true), commandReply)
                        .respond(HttpStatus.OK));
    }

    /** Validates the namespace, of which only one exists, and returns the initial health of a new instance. */
    static HealthState readInitialState(JsonFields jsonFields) {
        jsonFields.choiceOrNull("namespace", NAMESPACES);
        return jsonFields.choiceOr("initial_status", INITIAL, HealthState.HEALTHY);
    }

    private ResponseEntity<ApiResponse<RegistrationResponse>> respond(
            RegisterInstance command, CommandReply commandReply) {
        var stored = (Stored) commandReply.outcome();
        var view = CommandReplyMapper.view(
                command.id(), command.envelope().namespace(), stored, checksRenew, commandReply.position());
        var registrationResponse = RegistrationResponse.of(view, heartbeatInterval);
        if (stored.change() != Change.CREATED) {
            return CommandReplyMapper.toResponse(registrationResponse, commandReply)
                    .respond(HttpStatus.OK, headers -> headers.setETag(CommandReplyMapper.tag(view)));
        }
        var location = URI.create(PATH + "/" + URLEncoder.encode(command.id(), StandardCharsets.UTF_8));
        return CommandReplyMapper.toResponse(registrationResponse, commandReply)
                .respond(HttpStatus.CREATED, headers -> {
                    headers.setLocation(location);
                    headers.setETag(CommandReplyMapper.tag(view));
                });
    }
}
