package dev.aicore.discovery.api.instance;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.InstanceFact;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;

/**
 * Fact: the declaration or the admin state of an instance changed. The update also renews a live lease. It does not
 * revive an expired instance, and it changes neither health nor slot.
 *
 * <p>Revision 1 had no {@code declared}: every instance was active.
 *
 * @param version version of the declaration, incremented by 1
 * @param declaration the complete new declaration
 * @param declared the new admin state
 * @param changed names of the fields that differ from the previous version; {@code status} stands for {@code declared}
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
