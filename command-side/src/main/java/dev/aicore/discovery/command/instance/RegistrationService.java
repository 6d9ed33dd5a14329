package dev.aicore.discovery.command.instance;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import dev.aicore.discovery.api.instance.InstanceIdGenerator;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.command.batching.CommandGateway;
import dev.aicore.discovery.command.batching.CommandReply;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor;
import dev.aicore.discovery.command.idempotency.IdempotentExecutor.WriteCall;
import dev.aicore.discovery.config.telemetry.HealthCheckCounters;
import dev.aicore.discovery.web.ApiJson;
import dev.aicore.discovery.web.Choices;
import dev.aicore.discovery.web.IdempotencyKeyHeader;
import dev.aicore.discovery.web.JsonFields;
import dev.aicore.discovery.web.NameRules;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

/**
 * Port for writes of instances in protocols other than the REST API. Takes the documents of the REST API, so that the
 * same parsing, validation, limits, ownership and audit apply; the caller's protocol is recorded in the events.
 *
 * <p>All results fail with {@link RegistryException} if the write is refused; nothing was done then, unless the code is
 * {@code store_unavailable}. An {@code Idempotency-Key} of the request is honoured, with the document as its body.
 */
public final class RegistrationService {

    private static final String STATUS = "status";

    private static final Choices<AdminState> DECLARED = Choices.of(List.of(AdminState.values()), AdminState::jsonName);

    private final CommandGateway commandGateway;
    private final IdempotentExecutor idempotent;
    private final DeclarationParser parser;
    private final HealthCheckCounters checks;

    RegistrationService(
            CommandGateway commandGateway,
            IdempotentExecutor executor,
            DeclarationParser parser,
            HealthCheckCounters checks) {
        this.commandGateway = commandGateway;
        this.idempotent = executor;
        this.parser = parser;
        this.checks = checks;
    }

    /** Registers an instance: the document is a body of {@code POST /api/v1/services}. */
    public Mono<CommandReply> register(ServerWebExchange exchange, ObjectNode document, Caller caller) {
        return Mono.defer(() -> {
            var key = key(exchange, document);
            var command = toRegistration(JsonFields.of(document), false, caller, key);
            return write(exchange, caller, key, stored -> commandGateway.register(command, stored));
        });
    }

    /** Registers an instance for a part of the registry, without a request. */
    public Mono<CommandReply> register(ObjectNode document, Caller caller) {
        return Mono.defer(() -> {
            var command = toRegistration(JsonFields.of(document), false, caller, null);
            return CommandReplyMapper.await(() -> commandGateway.register(command, null));
        });
    }

    /** Changes an instance for a part of the registry, without a request. */
    public Mono<CommandReply> update(String id, ObjectNode document, Caller caller) {
        return Mono.defer(() -> {
            var command = toUpdate(id, JsonFields.of(document), InstancePrecondition.NONE, caller, null);
            return CommandReplyMapper.await(() -> commandGateway.update(command, null));
        });
    }

    /** Renews a lease or reports the health of an instance for a part of the registry, without a request. */
    public Mono<CommandReply> renew(String id, ObjectNode document, Caller caller) {
        return Mono.defer(() -> {
            var heartbeat = Heartbeat.read(JsonFields.of(document), id);
            return CommandReplyMapper.await(() ->
                    commandGateway.renew(heartbeat.of(id, commandGateway.now(), EventMetadataFactory.of(caller))));
        });
    }

    /** Deregisters an instance for a part of the registry, without a request. */
    public Mono<CommandReply> deregister(String id, Caller caller) {
        return Mono.defer(() -> {
            var command = new DeregisterInstance(id, InstancePrecondition.NONE, EventMetadataFactory.of(caller));
            return CommandReplyMapper.await(() -> commandGateway.deregister(command, null));
        });
    }

    /**
     * Changes an instance: the document is a body of {@code PATCH /api/v1/services/{id}}.
     *
     * @param instancePrecondition {@link InstancePrecondition#NONE} for none
     */
    public Mono<CommandReply> update(
            ServerWebExchange exchange,
            String id,
            ObjectNode document,
            InstancePrecondition instancePrecondition,
            Caller caller) {
        return Mono.defer(() -> {
            NameRules.INSTANCE.require("service_id", id);
            var key = key(exchange, document);
            var command = toUpdate(id, JsonFields.of(document), instancePrecondition, caller, key);
            return write(exchange, caller, key, stored -> commandGateway.update(command, stored));
        });
    }

    /** Renews the lease of an instance: the document is a body of {@code POST /api/v1/services/{id}/heartbeat}. */
    public Mono<CommandReply> renew(ServerWebExchange exchange, String id, ObjectNode document, Caller caller) {
        return renew(exchange.getRequest(), id, document, caller);
    }

    /** Does the same for a request on the hot path, which has no exchange. */
    public Mono<CommandReply> renew(ServerHttpRequest request, String id, ObjectNode document, Caller caller) {
        return Mono.defer(() -> {
            NameRules.INSTANCE.require("service_id", id);
            var heartbeat = Heartbeat.read(JsonFields.of(document), id);
            return CommandReplyMapper.await(
                            request,
                            () -> commandGateway.renew(
                                    heartbeat.of(id, commandGateway.now(), EventMetadataFactory.of(caller))))
                    .doOnNext(_ -> heartbeat.countReported(checks));
        });
    }

    /**
     * Deregisters an instance.
     *
     * @param instancePrecondition {@link InstancePrecondition#NONE} for none
     */
    public Mono<CommandReply> deregister(
            ServerWebExchange exchange, String id, InstancePrecondition instancePrecondition, Caller caller) {
        return Mono.defer(() -> {
            NameRules.INSTANCE.require("service_id", id);
            var key = IdempotencyKeyHeader.of(exchange.getRequest());
            var command = new DeregisterInstance(id, instancePrecondition, EventMetadataFactory.of(caller, key));
            return write(exchange, caller, key, stored -> commandGateway.deregister(command, stored));
        });
    }

    /**
     * Parses a registration.
     *
     * @throws RegistryException with all errors of the document, or {@code forbidden} outside of the caller's scope
     */
    RegisterInstance toRegistration(
            JsonFields jsonFields, boolean onlyNew, Caller caller, @Nullable IdempotencyKeyHeader key) {
        var declaration = parser.read(jsonFields);
        var given = jsonFields.textOrNull("id", NameRules.INSTANCE);
        var initial = RegistrationController.readInitialState(jsonFields);
        var reason = EventMetadataFactory.reasonIn(jsonFields);
        jsonFields.rejectUnknown();
        jsonFields.validate();
        caller.requireScope(declaration.name());
        var id = given != null
                ? given
                : InstanceIdGenerator.derive(
                        EventMetadata.DEFAULT_NAMESPACE, declaration.name(), declaration.address(), declaration.port());
        return new RegisterInstance(
                id, declaration, initial, onlyNew, EventMetadataFactory.of(caller.withReason(reason), key));
    }

    /**
     * Parses a change.
     *
     * @throws RegistryException with all errors of the document
     */
    static UpdateInstance toUpdate(
            String id,
            JsonFields jsonFields,
            InstancePrecondition instancePrecondition,
            Caller caller,
            @Nullable IdempotencyKeyHeader key) {
        var given = jsonFields.textOrNull("id", NameRules.INSTANCE);
        if (given != null && !given.equals(id)) {
            jsonFields.reject("id", "is not the id in the path", id);
        }
        var name = jsonFields.textOrNull("name", NameRules.SERVICE);
        var adminState = jsonFields.isNull(STATUS) ? AdminState.ACTIVE : jsonFields.choiceOrNull(STATUS, DECLARED);
        RegistrationController.readInitialState(jsonFields);
        var reason = EventMetadataFactory.reasonIn(jsonFields);
        var patch = jsonFields.only(DeclarationParser.CHANGEABLE).toString();
        jsonFields.rejectUnknown();
        jsonFields.validate();
        return new UpdateInstance(
                id,
                name,
                patch,
                adminState,
                instancePrecondition,
                EventMetadataFactory.of(caller.withReason(reason), key));
    }

    private static @Nullable IdempotencyKeyHeader key(ServerWebExchange exchange, ObjectNode document) {
        return IdempotencyKeyHeader.of(
                exchange.getRequest(), () -> ApiJson.mapper().writeValueAsBytes(document));
    }

    private Mono<CommandReply> write(
            ServerWebExchange exchange, Caller caller, @Nullable IdempotencyKeyHeader key, WriteCall writeCall) {
        return CommandReplyMapper.await(exchange.getRequest(), () -> idempotent.run(exchange, caller, key, writeCall));
    }
}
