package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * The owner says something else about an instance, or somebody switches what it is there for. It renews a live lease too,
 * brings no expired instance back, and touches neither health nor slot.
 *
 * <p>Revision 1 had no {@code declared}: every instance was active.
 *
 * @param version of the declaration, one more than before
 * @param declaration the whole new declaration
 * @param declared what it is there for from here on
 * @param changed names of the fields that differ from the version before, {@code status} for {@code declared}
 */
@Revision("2")
public record InstanceUpdated(
        String id,
        int version,
        Declaration declaration,
        AdminState declared,
        List<String> changed,
        Instant updatedAt,
        EventMetadata envelope)
        implements InstanceFact {
    public InstanceUpdated {
        changed = List.copyOf(changed);
    }

    @Override
    public String service() {
        return declaration.name();
    }
}
