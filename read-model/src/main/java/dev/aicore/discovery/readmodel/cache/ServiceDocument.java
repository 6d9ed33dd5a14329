package dev.aicore.discovery.readmodel.cache;

import dev.aicore.discovery.api.instance.InstanceInterner;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.web.ApiJson;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Document of a service in Redis: {@code {"store":…,"position":…,"at":…,"mark":…,"instances":[…]}}.
 *
 * @param head header of the document
 * @param instances instances in order of id; never empty
 */
public record ServiceDocument(DocumentHeader head, List<InstanceView> instances) {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceDocument.class);

    private record Body(@Nullable List<CachedInstance> instances) {}

    /**
     * Parses a document.
     *
     * @param json text of the document; null if there is none
     * @param checksRenewLeases true if a passed active check counts as a heartbeat
     * @return empty if the document can't be parsed, or has no instances
     */
    public static Optional<ServiceDocument> of(@Nullable String json, boolean checksRenewLeases) {
        var head = DocumentHeader.of(json);
        if (head.isEmpty() || json == null) {
            return Optional.empty();
        }
        try {
            var instances = ApiJson.mapper().readValue(json, Body.class).instances();
            var views = instances == null
                    ? List.<InstanceView>of()
                    : instances.stream()
                            .map(instance -> instance.view(checksRenewLeases))
                            .toList();
            return views.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ServiceDocument(head.get(), InstanceInterner.internAll(views)));
        } catch (RuntimeException unreadable) {
            // Another version or another application wrote the document. PostgreSQL has the correct state in any case.
            LOG.debug("A document is unreadable: {}", unreadable.toString());
            return Optional.empty();
        }
    }
}
