package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.command.instance.RegistrationService;
import dev.aicore.discovery.dialect.consul.InstanceResolver.ResolvedInstance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records the reports of TTL checks. A report is a heartbeat. What a heartbeat doesn't hold, the note and a warning, is
 * stored by an update that follows only if it changes something: in the metadata, or in one of several checks.
 */
final class CheckReporter {

    private final RegistrationService registrations;
    private final InstanceResolver instances;

    CheckReporter(RegistrationService registrations, InstanceResolver instances) {
        this.registrations = registrations;
        this.instances = instances;
    }

    /**
     * Records a report.
     *
     * @param note output of the check; empty for none
     * @return fails with 404 if there is no such check
     */
    Mono<?> report(String checkId, CheckStatus status, String note, Caller caller, ServerWebExchange exchange) {
        var consulCaller = caller.withProtocol(ConsulReplies.PROTOCOL);
        return instances
                .check(checkId, caller)
                .flatMap(found -> report(found, checkId, status, note, consulCaller, exchange))
                .onErrorMap(ConsulRefusals::isAbsent, _ -> ConsulRefusals.unknownCheck(checkId));
    }

    private Mono<?> report(
            ResolvedInstance found,
            String checkId,
            CheckStatus status,
            String note,
            Caller caller,
            ServerWebExchange exchange) {
        var present = found.present();
        var composite = present == null ? null : CompositeCheck.of(present.healthCheck());
        if (composite != null) {
            return reportComponent(found.nativeId(), composite, checkId, status, note, caller, exchange);
        }
        if (present != null && !AgentCheckController.reportsItself(present)) {
            return Mono.error(noTtl(checkId));
        }
        var heartbeat = JsonNodeFactory.instance
                .objectNode()
                .put("status", status == CheckStatus.CRITICAL ? "unhealthy" : "healthy");
        var ids = present == null ? InstanceResolver.removedIds(checkId, caller) : List.of(found.nativeId());
        return renew(ids, heartbeat, caller, exchange)
                .flatMap(id -> keep(new ResolvedInstance(id, present), status, note, caller, exchange));
    }

    /** Renews the first of some instances that the registry knows, present or removed; returns its id. */
    private Mono<String> renew(List<String> ids, ObjectNode heartbeat, Caller caller, ServerWebExchange exchange) {
        var id = ids.getFirst();
        var renewal = registrations.renew(exchange, id, heartbeat, caller).thenReturn(id);
        return ids.size() == 1
                ? renewal
                : renewal.onErrorResume(
                        ConsulRefusals::isUnknown, _ -> renew(ids.subList(1, ids.size()), heartbeat, caller, exchange));
    }

    /** Renews the lease, and stores the status and the note of one of several checks. Equal ones change nothing. */
    private Mono<?> reportComponent(
            String nativeId,
            CompositeCheck composite,
            String checkId,
            CheckStatus status,
            String note,
            Caller caller,
            ServerWebExchange exchange) {
        var id = ComponentDocuments.idOf(composite, checkId);
        var component = id == null ? null : composite.components().get(id);
        if (id == null || component == null || component.check().checksActively()) {
            return Mono.error(noTtl(checkId));
        }
        var result = component.withResult(status.toComponentHealth(), ConsulMetadata.encode(note));
        var renewal = registrations.renew(exchange, nativeId, JsonNodeFactory.instance.objectNode(), caller);
        // Of several such checks, only the update says which was reported.
        return result.equals(component) && !composite.hasSeveralReported()
                ? renewal
                : renewal.then(Mono.defer(() -> registrations.update(
                        exchange, nativeId, ComponentDocuments.result(id, result), InstancePrecondition.NONE, caller)));
    }

    /** Stores the warning and the note, unless the instance has them already. */
    private Mono<?> keep(
            ResolvedInstance found, CheckStatus status, String note, Caller caller, ServerWebExchange exchange) {
        var mark = status == CheckStatus.WARNING ? ConsulMetadata.WARNING : null;
        var output = note.isEmpty() ? null : ConsulMetadata.encode(note);
        if (has(found.present(), ConsulMetadata.STATUS, mark) && has(found.present(), ConsulMetadata.OUTPUT, output)) {
            return Mono.empty();
        }
        var document = JsonNodeFactory.instance.objectNode();
        document.putObject("metadata").put(ConsulMetadata.STATUS, mark).put(ConsulMetadata.OUTPUT, output);
        return registrations.update(exchange, found.nativeId(), document, InstancePrecondition.NONE, caller);
    }

    private static boolean has(@Nullable InstanceView view, String key, @Nullable String value) {
        Map<String, String> metadata = view == null ? Map.of() : view.metadata();
        return value == null ? view != null && !metadata.containsKey(key) : value.equals(metadata.get(key));
    }

    private static RegistryException noTtl(String checkId) {
        return new RegistryException(
                ErrorCode.NOT_FOUND,
                "CheckID \"" + checkId + "\" does not have associated TTL: the registry runs this check itself.");
    }
}
