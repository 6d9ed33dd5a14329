package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.instance.InstanceDeregistered;
import dev.aicore.discovery.api.instance.InstanceRegistered;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.AbstractSnapshotTrigger;
import org.axonframework.eventsourcing.SnapshotTrigger;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;

/**
 * Triggers a snapshot of a shard after as many events as the shard has instances, but not before the minimum of the
 * settings. A snapshot contains each instance of its shard, so a larger shard is written less often; the cost of a
 * snapshot per event is at most the cost of one instance.
 *
 * <p>Instances that are revived after their removal are not counted, so there may be slightly more snapshots.
 */
@SuppressWarnings("serial") // never serialized: shards are cached as objects
final class ShardSnapshotTrigger extends AbstractSnapshotTrigger {

    private final int fewestEvents;
    private int events;
    private int instances;

    private ShardSnapshotTrigger(Snapshotter snapshotter, Class<?> type, int fewestEvents) {
        super(snapshotter, type);
        this.fewestEvents = fewestEvents;
    }

    static SnapshotTriggerDefinition every(int fewestEvents, Snapshotter snapshotter) {
        return new SnapshotTriggerDefinition() {
            @Override
            public SnapshotTrigger prepareTrigger(Class<?> type) {
                return new ShardSnapshotTrigger(snapshotter, type, fewestEvents);
            }
        };
    }

    /** Counts an event. Loading a shard begins with its snapshot, passed as an event. */
    @Override
    public void eventHandled(EventMessage<?> message) {
        switch (message.getPayload()) {
            case RegistryShard shard -> instances = shard.state().instances.size();
            case InstanceRegistered _ -> instances++;
            case InstanceDeregistered _, InstanceRemoved _ -> instances = Math.max(0, instances - 1);
            default -> {}
        }
        super.eventHandled(message);
    }

    @Override
    protected boolean exceedsThreshold() {
        return ++events >= Math.max(fewestEvents, instances);
    }

    @Override
    protected void reset() {
        events = 0;
    }
}
