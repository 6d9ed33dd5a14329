package dev.aicore.discovery.readmodel.redis;

import dev.aicore.discovery.api.instance.InstanceInterner;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.web.ApiJson;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of a service: {@code {"store":…,"position":…,"at":…,"mark":…,"instances":[…]}}.
 *
 * @param instances never empty, ordered by id
 */
public record ServiceDocument(DocumentHeader head, List<InstanceView> instances) {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceDocument.class);

    private record Body(@Nullable List<CachedInstance> instances) {}

    /**
     * Reads a document.
     *
     * @param json null if there is none
     * @param checksRenewLeases whether a passed active check counts as a heartbeat
     * @return empty if it can't be read, or doesn't say what the instances are
     */
    public static Optional<ServiceDocument> of(@Nullable String json, boolean checksRenewLeases) {
        var head = DocumentHeader.of(json);
        if (head.isEmpty() || json == null) {
            return Optional.empty();
        }
        try {
            var kept = ApiJson.mapper().readValue(json, Body.class).instances();
            var views = kept == null
                    ? List.<InstanceView>of()
                    : kept.stream()
                            .map(instance -> instance.view(checksRenewLeases))
                            .toList();
            return views.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new ServiceDocument(head.get(), InstanceInterner.among(views)));
        } catch (RuntimeException unreadable) {
            // Written by another version, or by a stranger: whatever is wrong with it, PostgreSQL knows better.
            LOG.debug("A document can't be read: {}", unreadable.toString());
            return Optional.empty();
        }
    }
}
