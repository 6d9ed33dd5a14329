package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.health.CompositeCheck;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.command.instance.RegistrationService;
import dev.aicore.discovery.dialect.consul.CheckDocument.CheckType;
import dev.aicore.discovery.dialect.consul.InstanceResolver.ResolvedInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Adds checks to instances that are registered already, and removes them. */
final class CheckDeclarer {

    private static final String CHECK = "health_check";

    private final RegistrationService registrations;
    private final InstanceResolver instances;

    CheckDeclarer(RegistrationService registrations, InstanceResolver instances) {
        this.registrations = registrations;
        this.instances = instances;
    }

    /**
     * Adds a check to an instance, or replaces the check of the same id.
     *
     * @return fails with 404 if the instance isn't present
     */
    Mono<?> add(DocumentFields fields, Caller caller, ServerWebExchange exchange) {
        var serviceId = fields.text("ServiceID");
        var id = fields.text("ID");
        fields.value("Namespace");
        fields.value("Partition");
        var declared = CheckDocument.of(fields);
        if (serviceId.isEmpty()) {
            throw ConsulRefusals.invalidCheck("ServiceID is missing; the registry has no checks of nodes");
        }
        if (declared == null) {
            throw ConsulRefusals.invalidCheck("TTL must be > 0 for TTL checks");
        }
        if (declared.id().isEmpty() && id.isEmpty() && declared.name().isEmpty()) {
            throw ConsulRefusals.invalid("Missing check name");
        }
        var check = declared.withId(!declared.id().isEmpty() ? declared.id() : !id.isEmpty() ? id : declared.name());
        return instances.service(serviceId, caller).flatMap(found -> {
            var present = found.present();
            if (present == null) {
                return Mono.error(ConsulRefusals.unknownService(serviceId));
            }
            var composite = CompositeCheck.of(present.healthCheck());
            var shown = ownCheck(present);
            if (composite != null) {
                return update(found.nativeId(), addition(composite, check, present), caller, exchange);
            }
            boolean alone = shown == null || shown.id().equals(check.id());
            if (alone && CheckSetTranslator.isSingle(List.of(check))) {
                return update(found.nativeId(), onlyCheck(check, present), caller, exchange)
                        .then(Mono.defer(() -> reportInitial(found.nativeId(), check, caller, exchange)));
            }
            return update(found.nativeId(), several(check, present, alone ? null : shown), caller, exchange);
        });
    }

    /**
     * Removes a check. Without any check, the instance is passing until it is deregistered.
     *
     * @return fails with 404 if there is no such check
     */
    Mono<?> remove(String checkId, Caller caller, ServerWebExchange exchange) {
        return instances
                .check(checkId, caller)
                .filter(found -> found.present() != null)
                .switchIfEmpty(Mono.error(() -> ConsulRefusals.unknownCheck(checkId)))
                .flatMap(found -> update(found.nativeId(), removal(found, checkId), caller, exchange));
    }

    private static ObjectNode removal(ResolvedInstance found, String checkId) {
        var present = found.present();
        var composite = present == null ? null : CompositeCheck.of(present.healthCheck());
        if (composite != null && composite.components().size() > 1) {
            var id = ComponentDocuments.idOf(composite, checkId);
            if (id == null) {
                throw ConsulRefusals.unknownCheck(checkId);
            }
            var patch = ComponentDocuments.removal(id);
            return ComponentDocuments.isTtl(composite.components().get(id))
                    ? patch.put("ttl", ComponentDocuments.leaseWithout(composite, id))
                    : patch;
        }
        var document = JsonNodeFactory.instance.objectNode().put("ttl", 0);
        document.set(CHECK, HealthCheckTranslator.none());
        clear(document);
        return document;
    }

    /** Returns the only check of an instance as Consul shows it; null if it has none. */
    private static @Nullable ConsulCheck ownCheck(InstanceView present) {
        var declared = present.healthCheck();
        return declared != null && declared.checkType().equals(HealthCheck.NONE)
                ? null
                : ConsulInstance.of(present).checks().getLast();
    }

    private static ObjectNode addition(CompositeCheck composite, CheckDocument check, InstanceView present) {
        var patch = ComponentDocuments.addition(
                composite, check.id(), CheckSetTranslator.component(check, present.address()));
        boolean leaseReplaced = ComponentDocuments.isTtl(composite.components().get(check.id()));
        return check.type() == CheckType.TTL || leaseReplaced
                ? putLease(patch, check, ComponentDocuments.leaseWithout(composite, check.id()))
                : patch;
    }

    private static ObjectNode several(CheckDocument check, InstanceView present, @Nullable ConsulCheck shown) {
        var healthCheck = shown == null
                ? CheckSetTranslator.composite(
                        JsonNodeFactory.instance.objectNode(), HealthCheckTranslator.deregisterAfter(check))
                : ComponentDocuments.ofSingle(present, shown);
        ((ObjectNode) healthCheck.at("/config/checks"))
                .set(check.id(), CheckSetTranslator.component(check, present.address()));
        var document = JsonNodeFactory.instance.objectNode();
        document.set(CHECK, healthCheck);
        clear(document);
        var declared = present.healthCheck();
        boolean leased =
                shown != null && (declared == null || declared.checkType().equals(HealthCheck.TTL));
        return shown == null || check.type() == CheckType.TTL
                ? putLease(document, check, leased ? present.ttl() : 0)
                : document;
    }

    /** Adds the lease to a patch: the TTL of a check, or the lease of the others if it is longer. */
    private static ObjectNode putLease(ObjectNode patch, CheckDocument check, int others) {
        return patch.put("ttl", Math.max(others, HealthCheckTranslator.ttl(check)));
    }

    private static ObjectNode onlyCheck(CheckDocument check, InstanceView present) {
        var document = JsonNodeFactory.instance.objectNode().put("ttl", HealthCheckTranslator.ttl(check));
        document.set(CHECK, CheckSetTranslator.toNative(List.of(check), "", present.address()));
        RegistrationTranslator.putCheck(clear(document), check);
        return document;
    }

    /** Removes the metadata of the only check, and returns the metadata. */
    private static ObjectNode clear(ObjectNode document) {
        return document.putObject("metadata")
                .putNull(ConsulMetadata.CHECK)
                .putNull(ConsulMetadata.STATUS)
                .putNull(ConsulMetadata.OUTPUT);
    }

    /** Reports the initial status of a TTL check, which is critical unless the check says otherwise. */
    private Mono<?> reportInitial(String nativeId, CheckDocument check, Caller caller, ServerWebExchange exchange) {
        boolean healthy = check.status().equals("passing") || check.status().equals(ConsulMetadata.WARNING);
        if (healthy || check.type() != CheckType.TTL) {
            return Mono.empty();
        }
        var heartbeat = JsonNodeFactory.instance.objectNode().put("status", "unhealthy");
        return registrations.renew(exchange, nativeId, heartbeat, caller.withProtocol(ConsulReplies.PROTOCOL));
    }

    private Mono<?> update(String nativeId, ObjectNode document, Caller caller, ServerWebExchange exchange) {
        return registrations.update(
                exchange, nativeId, document, InstancePrecondition.NONE, caller.withProtocol(ConsulReplies.PROTOCOL));
    }
}
