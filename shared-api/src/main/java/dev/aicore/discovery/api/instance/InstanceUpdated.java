package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.Envelope;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * The owner says something else about a living instance. It renews the lease too, and touches neither health nor slot.
 *
 * @param version of the declaration, one more than before
 * @param declaration the whole new declaration
 * @param changed names of the fields that differ from the version before
 */
@Revision("1")
public record InstanceUpdated(
        String id, int version, Declaration declaration, List<String> changed, Instant updatedAt, Envelope envelope)
        implements InstanceFact {
    public InstanceUpdated {
        changed = List.copyOf(changed);
    }

    @Override
    public String service() {
        return declaration.name();
    }
}
