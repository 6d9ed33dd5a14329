package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.hotpath.HotRoute;
import dev.aicore.discovery.api.Outcome.Stored;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.IdempotencyKeyHeader;
import dev.aicore.discovery.web.IncompleteBodyLimit;
import dev.aicore.discovery.web.JsonBody;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.SerializedResponse;
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

/** Serves updates of declarations; {@code PATCH} through WebFlux and on the hot path. */
@RestController
final class UpdateController implements HotRoute {

    private static final String PATH_PREFIX = "/api/v1/services/";
    private static final String PATH = PATH_PREFIX + "{id}";

    /** Paths of the hot path: ids without percent-encoded characters. */
    private static final Pattern PLAIN_PATH = Pattern.compile(PATH_PREFIX + "[A-Za-z0-9._:@-]+");

    private final CommandGateway commandGateway;
    private final IdempotentExecutor idempotent;
    private final boolean checksRenew;
    private final IncompleteBodyLimit bodyLimit;

    /**
     * Creates the controller.
     *
     * @param checksRenew true if a passed active check counts as a heartbeat
     * @param bodyLimit reads the bodies of requests on the hot path
     */
    UpdateController(
            CommandGateway commandGateway,
            IdempotentExecutor executor,
            boolean checksRenew,
            IncompleteBodyLimit bodyLimit) {
        this.checksRenew = checksRenew;
        this.commandGateway = commandGateway;
        this.idempotent = executor;
        this.bodyLimit = bodyLimit;
    }

    /** Updates a declaration. Both methods merge, because older clients send PUT with only the changed fields. */
    @RequestMapping(
            path = PATH,
            method = {RequestMethod.PUT, RequestMethod.PATCH},
            produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<InstanceView>>> update(
            @PathVariable String id, Caller caller, JsonBody jsonBody, ServerWebExchange exchange) {
        return update(
                id,
                exchange.getRequest(),
                caller,
                jsonBody,
                command -> idempotent.run(exchange, caller, jsonBody, key -> commandGateway.update(command, key)));
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

    /** Returns false for a request with an idempotency key: its stored reply must be looked up first. */
    @Override
    public boolean accepts(HttpHeaders headers) {
        return !headers.containsHeader(IdempotencyKeyHeader.HEADER);
    }

    @Override
    public Mono<SerializedResponse> respond(ServerHttpRequest request, Caller caller) {
        var id = request.getURI().getRawPath().substring(PATH_PREFIX.length());
        return update(id, request, caller, bodyLimit.of(request), command -> commandGateway.update(command, null))
                .map(SerializedResponse::of);
    }

    private Mono<ResponseEntity<ApiResponse<InstanceView>>> update(
            String id,
            ServerHttpRequest request,
            Caller caller,
            JsonBody jsonBody,
            Function<UpdateInstance, CompletableFuture<CommandReply>> write) {
        NameRules.INSTANCE.require("service_id", id);
        var instancePrecondition = PreconditionParser.ifMatch(request);
        return jsonBody.patch()
                .map(jsonFields -> RegistrationService.toUpdate(
                        id, jsonFields, instancePrecondition, caller, jsonBody.idempotencyKey()))
                .flatMap(command -> CommandReplyMapper.await(request, () -> write.apply(command))
                        .map(commandReply -> respond(command, commandReply)));
    }

    private ResponseEntity<ApiResponse<InstanceView>> respond(UpdateInstance command, CommandReply commandReply) {
        var view = CommandReplyMapper.view(
                command.id(),
                command.envelope().namespace(),
                (Stored) commandReply.outcome(),
                checksRenew,
                commandReply.position());
        return CommandReplyMapper.toResponse(view, commandReply)
                .respond(HttpStatus.OK, headers -> headers.setETag(CommandReplyMapper.tag(view)));
    }
}
