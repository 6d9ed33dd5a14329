package dev.aicore.discovery.dialect.consul;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.command.instance.RegistrationService;
import dev.aicore.discovery.dialect.consul.InstanceResolver.ResolvedInstance;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Records the reports of TTL checks. A report is a heartbeat with a health. What a heartbeat doesn't hold, the note and
 * a warning, is stored in the metadata, by an update that follows only if it changes something.
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
                .flatMap(found -> {
                    if (found.present() != null && !AgentCheckController.reportsItself(found.present())) {
                        return Mono.error(noTtl(checkId));
                    }
                    var heartbeat = JsonNodeFactory.instance
                            .objectNode()
                            .put("status", status == CheckStatus.CRITICAL ? "unhealthy" : "healthy");
                    return registrations
                            .renew(exchange, found.nativeId(), heartbeat, consulCaller)
                            .then(Mono.defer(() -> keep(found, status, note, consulCaller, exchange)));
                })
                .onErrorMap(ConsulRefusals::isAbsent, _ -> ConsulRefusals.unknownCheck(checkId));
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
