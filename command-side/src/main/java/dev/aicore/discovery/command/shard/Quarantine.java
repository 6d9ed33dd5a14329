package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.deadletter.EventQuarantined;
import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.wire.WireTypes;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides how a shard is loaded without the events in quarantine. Later events may refer to instances that are missing,
 * and are skipped. Or they register an instance in a slot whose former occupant is still present because its removal is
 * in quarantine. Not part of a snapshot: events after a snapshot were decided on its state.
 */
final class Quarantine {

    private static final Set<String> END_TYPES =
            Set.of(WireTypes.nameOf(InstanceDeregistered.class), WireTypes.nameOf(InstanceRemoved.class));

    private final ShardState state;
    private final Set<String> quarantinedIds = new HashSet<>();
    private boolean open;

    Quarantine(ShardState state) {
        this.state = state;
    }

    /** Registers a quarantined event. Its content is unknown, except that its type may have ended the instance. */
    void apply(EventQuarantined event) {
        open = true;
        var id = event.instance();
        if (id != null) {
            quarantinedIds.add(id);
            if (END_TYPES.contains(event.type())) {
                removeIfQuarantined(id);
            }
        }
    }

    /**
     * Returns true if a fact must be folded. First removes the instances that block it because an event is in
     * quarantine.
     */
    boolean admits(InstanceFact fact) {
        if (!open) {
            return true;
        }
        return switch (fact) {
            case InstanceRegistered registered -> {
                evictOccupants(registered.id(), registered.slot());
                yield true;
            }
            case InstanceRevived revived
            when !isPresent(revived.id()) -> {
                var tombstone = state.tombstones.get(revived.id());
                boolean known = tombstone != null && tombstone.instance() != null;
                if (known) {
                    evictOccupants(revived.id(), revived.slot());
                }
                yield known || !quarantinedIds.contains(revived.id());
            }
            default -> isPresent(fact.id()) || !quarantinedIds.contains(fact.id());
        };
    }

    /** Returns true if the observations of a slot must be folded. */
    boolean admits(int slot) {
        return !open || state.slots.occupant(slot) != null;
    }

    private boolean isPresent(String id) {
        return state.instances.containsKey(id);
    }

    private void evictOccupants(String id, int slot) {
        removeIfQuarantined(id);
        var occupant = state.slots.occupant(slot);
        if (occupant != null) {
            removeIfQuarantined(occupant.id);
        }
        state.slots.free(slot);
    }

    private void removeIfQuarantined(String id) {
        if (quarantinedIds.contains(id) && isPresent(id)) {
            var _ = state.removeInstance(id);
        }
    }
}
