package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceFact;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.InstanceRevived;
import dev.aicore.discovery.api.quarantine.EventQuarantined;
import dev.aicore.discovery.api.wire.WireTypes;
import java.util.HashSet;
import java.util.Set;

/**
 * What a shard does without the events that are in quarantine: later ones may speak of what it doesn't have, and are left out, or come
 * where somebody still is whose end is lost. It is no part of a snapshot: what comes after one was decided on the state in it.
 */
final class Quarantine {

    private static final Set<String> ENDS =
            Set.of(WireTypes.nameOf(InstanceDeregistered.class), WireTypes.nameOf(InstanceRemoved.class));

    private final ShardState state;
    private final Set<String> lost = new HashSet<>();
    private boolean open;

    Quarantine(ShardState state) {
        this.state = state;
    }

    /** Nobody knows what it said, unless it ended its instance. */
    void apply(EventQuarantined event) {
        open = true;
        var id = event.instance();
        if (id != null) {
            lost.add(id);
            if (ENDS.contains(event.type())) {
                leave(id);
            }
        }
    }

    /** Whether the fact is to be folded; whatever of the quarantine stood in its way doesn't any more. */
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
                yield known || !lost.contains(revived.id());
            }
            default -> isPresent(fact.id()) || !lost.contains(fact.id());
        };
    }

    /** Whether what was observed of a slot is to be folded. */
    boolean admits(int slot) {
        return !open || state.slots.occupant(slot) != null;
    }

    private boolean isPresent(String id) {
        return state.present.containsKey(id);
    }

    private void evictOccupants(String id, int slot) {
        leave(id);
        var occupant = state.slots.occupant(slot);
        if (occupant != null) {
            leave(occupant.id);
        }
        state.slots.free(slot);
    }

    private void leave(String id) {
        if (lost.contains(id) && isPresent(id)) {
            var _ = state.depart(id);
        }
    }
}
