package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.health.HealthCheck;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.command.instance.RegistrationService;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Adds checks to instances that are registered already, and removes them. An instance has one check at most. */
final class CheckDeclarer {

    private final RegistrationService registrations;
    private final InstanceResolver instances;

    CheckDeclarer(RegistrationService registrations, InstanceResolver instances) {
        this.registrations = registrations;
        this.instances = instances;
    }

    /**
     * Adds a check to an instance without one, or replaces the check of the same id.
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
            requireRoom(present, check.id());
            return update(found.nativeId(), patch(check, present), caller, exchange)
                    .then(Mono.defer(() -> reportInitial(found.nativeId(), check, caller, exchange)));
        });
    }

    /**
     * Removes a check; the instance is then passing until it is deregistered.
     *
     * @return fails with 404 if there is no such check
     */
    Mono<?> remove(String checkId, Caller caller, ServerWebExchange exchange) {
        return instances
                .check(checkId, caller)
                .filter(found -> found.present() != null)
                .switchIfEmpty(Mono.error(() -> ConsulRefusals.unknownCheck(checkId)))
                .flatMap(found -> {
                    var document = JsonNodeFactory.instance.objectNode().put("ttl", 0);
                    document.set("health_check", HealthCheckTranslator.none());
                    document.putObject("metadata")
                            .putNull(ConsulMetadata.CHECK)
                            .putNull(ConsulMetadata.STATUS)
                            .putNull(ConsulMetadata.OUTPUT);
                    return update(found.nativeId(), document, caller, exchange);
                });
    }

    private static void requireRoom(InstanceView present, String checkId) {
        var own = ConsulInstance.of(present).checks().stream()
                .filter(check -> !check.type().equals("maintenance"))
                .toList();
        var declared = present.healthCheck();
        boolean unchecked = declared != null && declared.checkType().equals(HealthCheck.NONE);
        if (!unchecked && own.stream().noneMatch(check -> check.id().equals(checkId))) {
            throw ConsulRefusals.invalidCheck("the service instance has the check "
                    + own.getFirst().id() + " already, and the registry runs one check per instance");
        }
    }

    private static ObjectNode patch(CheckDocument check, InstanceView present) {
        var translated = HealthCheckTranslator.toNative(check, present.address());
        var document = JsonNodeFactory.instance.objectNode().put("ttl", HealthCheckTranslator.ttl(check));
        document.set("health_check", translated.document());
        if (translated.protocol() != null) {
            document.put("protocol", translated.protocol());
        }
        var metadata =
                document.putObject("metadata").putNull(ConsulMetadata.STATUS).putNull(ConsulMetadata.OUTPUT);
        RegistrationTranslator.putCheck(metadata, check);
        return document;
    }

    /** Reports the initial status of a TTL check, which is critical unless the check says otherwise. */
    private Mono<?> reportInitial(String nativeId, CheckDocument check, Caller caller, ServerWebExchange exchange) {
        boolean healthy = check.status().equals("passing") || check.status().equals(ConsulMetadata.WARNING);
        if (healthy || check.type() != CheckDocument.CheckType.TTL) {
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
