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
 * A snapshot writes down every instance of its shard, so a larger shard takes one less often: after as many events as it has
 * instances, and never fewer than the settings say. Then a snapshot costs an event no more than an instance's part of it.
 *
 * <p>Instances that come back after their removal aren't counted, so there may be a few more snapshots than that.
 */
@SuppressWarnings("serial") // never serialized: shards are cached as they are
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

    /** A shard that is loaded begins with its snapshot, as if that were an event. */
    @Override
    public void eventHandled(EventMessage<?> message) {
        switch (message.getPayload()) {
            case RegistryShard snapshot -> instances = snapshot.state().present.size();
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
