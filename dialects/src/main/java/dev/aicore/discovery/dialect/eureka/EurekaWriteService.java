package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.Outcome.Stored;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.command.instance.RegistrationService;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ActionType;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshotService;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries out the writes of Eureka's protocol with its rules of state, on the state that the caller's previous writes
 * led to. All results fail with {@code unknown_instance} if there is no such instance.
 */
final class EurekaWriteService {

    private static final String LAST_DIRTY_TIMESTAMP = "lastDirtyTimestamp";
    private static final String STATUS = "status";
    private static final String METADATA = "metadata";
    private static final String VALUE = "value";

    private final RegistrationService registrations;
    private final RegistrySnapshotService snapshots;
    private final EurekaStatusWriter statusWriter;
    private final RegistrationSequencer sequencer = new RegistrationSequencer();

    EurekaWriteService(RegistrationService registrations, RegistrySnapshotService snapshots) {
        this.registrations = registrations;
        this.snapshots = snapshots;
        this.statusWriter = new EurekaStatusWriter(registrations, snapshots);
    }

    /**
     * Registers an instance, which replaces all of an earlier registration but its override. Does nothing if the
     * earlier one has a later {@code lastDirtyTimestamp}.
     */
    Mono<Void> register(ServerWebExchange exchange, EurekaInstance instance, Caller caller) {
        var registration = lookup(instance.app(), instance.id(), caller).flatMap(found -> {
            var before = found.orElse(null);
            return before != null && isLater(before, instance.lastDirtyMillis())
                    ? requirePermission(exchange, before, caller)
                    : register(exchange, instance, before, caller);
        });
        return sequencer.run(instance.app() + '/' + instance.id(), registration);
    }

    private static boolean isLater(EurekaEntry before, long lastDirtyMillis) {
        return EurekaMetadata.isOfEureka(before.view().metadata())
                && before.instance().lastDirtyMillis() > lastDirtyMillis;
    }

    private Mono<Void> register(
            ServerWebExchange exchange, EurekaInstance instance, @Nullable EurekaEntry before, Caller caller) {
        var override = override(instance, before);
        var id = before == null
                ? EurekaIdEncoder.toId(instance.app(), instance.id())
                : before.view().id();
        var name = before == null
                ? EurekaIdEncoder.toServiceName(instance.app(), instance.texts().getOrDefault("vipAddress", ""))
                : before.view().name();
        var document = NativeDocumentFactory.registration(instance, id, name, override);
        var target = new EurekaStatusWriter.Target(name, id);
        var status = override == null ? instance.status() : override;
        return statusWriter
                .withhold(exchange, target, before == null ? null : before.view(), status, caller)
                .then(Mono.defer(() -> registrations.register(exchange, document, caller)))
                .flatMap(reply -> statusWriter.write(
                        exchange, target, ((Stored) reply.outcome()).state(), status, instance.status(), caller));
    }

    /** Returns the override that a registration states, or that the instance has; null for none. */
    private static @Nullable EurekaStatus override(EurekaInstance instance, @Nullable EurekaEntry before) {
        if (instance.overriddenStatus() != EurekaStatus.UNKNOWN) {
            return instance.overriddenStatus();
        }
        return before != null && before.status().isOverridden()
                ? before.status().overridden()
                : null;
    }

    /**
     * Renews a lease. Fails for an instance that must register again: its status is unknown, or it has changed since
     * its registration.
     */
    Mono<Void> renew(ServerHttpRequest request, String app, String id, Caller caller) {
        return find(app, id, caller).flatMap(entry -> {
            var lastDirty = lastDirty(request);
            boolean changed = lastDirty != null
                    && EurekaMetadata.isOfEureka(entry.view().metadata())
                    && lastDirty > entry.instance().lastDirtyMillis();
            return changed || entry.status().status() == EurekaStatus.UNKNOWN
                    ? Mono.error(() -> EurekaErrors.unknown(app, id))
                    : registrations
                            .renew(request, entry.view().id(), JsonNodeFactory.instance.objectNode(), caller)
                            .then();
        });
    }

    Mono<Void> deregister(ServerWebExchange exchange, String app, String id, Caller caller) {
        return find(app, id, caller)
                .flatMap(entry ->
                        registrations.deregister(exchange, entry.view().id(), InstancePrecondition.NONE, caller))
                .then();
    }

    /** Sets an override, which holds until it is removed. */
    Mono<Void> override(ServerWebExchange exchange, String app, String id, Caller caller) {
        return find(app, id, caller).flatMap(entry -> {
            var status = requireStatus(parameter(exchange.getRequest(), VALUE));
            var patch = JsonNodeFactory.instance.objectNode();
            var metadata = patch.putObject(METADATA)
                    .put(EurekaMetadata.OVERRIDDEN_STATUS, status.name())
                    .put(EurekaMetadata.ACTION_TYPE, ActionType.MODIFIED.name());
            putLastDirty(entry, lastDirty(exchange.getRequest()), metadata);
            return change(exchange, entry, patch, status, entry.instance().status(), caller);
        });
    }

    /**
     * Removes an override, and sets the status that the parameter states. Without it, the status is unknown until the
     * instance registers again; an instance of another protocol is then as its own heartbeats and checks say.
     */
    Mono<Void> removeOverride(ServerWebExchange exchange, String app, String id, Caller caller) {
        return find(app, id, caller).flatMap(entry -> {
            var given = parameter(exchange.getRequest(), VALUE);
            boolean ofEureka = EurekaMetadata.isOfEureka(entry.view().metadata());
            var status = given != null ? requireStatus(given) : ofEureka ? EurekaStatus.UNKNOWN : EurekaStatus.UP;
            var lastDirty = lastDirty(exchange.getRequest());
            if (!entry.status().isOverridden()) {
                return requirePermission(exchange, entry, caller);
            }
            var patch = JsonNodeFactory.instance.objectNode();
            var metadata = patch.putObject(METADATA)
                    .putNull(EurekaMetadata.OVERRIDDEN_STATUS)
                    .put(EurekaMetadata.ACTION_TYPE, ActionType.MODIFIED.name());
            if (ofEureka) {
                metadata.put(EurekaMetadata.STATUS, status.name());
            }
            putLastDirty(entry, lastDirty, metadata);
            return change(exchange, entry, patch, status, status, caller);
        });
    }

    private Mono<Void> change(
            ServerWebExchange exchange,
            EurekaEntry entry,
            ObjectNode patch,
            EurekaStatus status,
            EurekaStatus own,
            Caller caller) {
        boolean outOfService = status == EurekaStatus.OUT_OF_SERVICE;
        if (outOfService != (entry.view().declared() != AdminState.ACTIVE)) {
            patch.put(STATUS, outOfService ? "maintenance" : "active");
        }
        return registrations
                .update(exchange, entry.view().id(), patch, InstancePrecondition.NONE, caller)
                .flatMap(reply -> outOfService
                        ? Mono.empty()
                        : statusWriter.write(
                                exchange,
                                new EurekaStatusWriter.Target(
                                        entry.view().name(), entry.view().id()),
                                ((Stored) reply.outcome()).state(),
                                status,
                                own,
                                caller));
    }

    /** Merges the parameters into the metadata; the first value of each counts. */
    Mono<Void> updateMetadata(ServerWebExchange exchange, String app, String id, Caller caller) {
        return find(app, id, caller).flatMap(entry -> {
            var given = exchange.getRequest().getQueryParams();
            if (given.isEmpty()) {
                return requirePermission(exchange, entry, caller);
            }
            var patch = JsonNodeFactory.instance.objectNode();
            var metadata = patch.putObject(METADATA).putNull(EurekaMetadata.ACTION_TYPE);
            given.forEach((key, values) -> {
                var value = values.getFirst();
                metadata.put(EurekaMetadata.toStoredKey(key), value == null ? "" : value);
            });
            return registrations
                    .update(exchange, entry.view().id(), patch, InstancePrecondition.NONE, caller)
                    .then();
        });
    }

    /** Completes if the caller may change the instance, for a request that changes nothing. */
    private Mono<Void> requirePermission(ServerWebExchange exchange, EurekaEntry entry, Caller caller) {
        var nothing = JsonNodeFactory.instance.objectNode();
        return registrations
                .update(exchange, entry.view().id(), nothing, InstancePrecondition.NONE, caller)
                .then();
    }

    private Mono<EurekaEntry> find(String app, String id, Caller caller) {
        return lookup(app, id, caller).map(found -> found.orElseThrow(() -> EurekaErrors.unknown(app, id)));
    }

    /** Looks up an instance that the caller may see, in what was derived from the whole registry for all callers. */
    private Mono<Optional<EurekaEntry>> lookup(String app, String id, Caller caller) {
        return snapshots.current().map(registry -> {
            var entry = EurekaApplications.of(registry).find(app, id);
            return Optional.ofNullable(
                    entry == null || caller.coversService(entry.view().name())
                            ? entry
                            // Another service whose name differs in case only may have the same application and id.
                            : EurekaApplications.of(registry.visibleTo(caller)).find(app, id));
        });
    }

    private static @Nullable String parameter(ServerHttpRequest request, String name) {
        return request.getQueryParams().getFirst(name);
    }

    private static @Nullable Long lastDirty(ServerHttpRequest request) {
        var given = parameter(request, LAST_DIRTY_TIMESTAMP);
        return given == null || given.isEmpty() ? null : (Long) EurekaDocumentParser.timestamp(given);
    }

    private static void putLastDirty(EurekaEntry entry, @Nullable Long lastDirty, ObjectNode metadata) {
        if (lastDirty != null
                && EurekaMetadata.isOfEureka(entry.view().metadata())
                && lastDirty > entry.instance().lastDirtyMillis()) {
            metadata.put(EurekaMetadata.LAST_DIRTY_TIMESTAMP, Long.toString(lastDirty));
        }
    }

    private static EurekaStatus requireStatus(@Nullable String value) {
        var status = EurekaStatus.find(value);
        if (status == null) {
            throw EurekaErrors.invalid("The parameter value is none of UP, DOWN, STARTING, OUT_OF_SERVICE, UNKNOWN.");
        }
        return status;
    }
}
