package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Publishes the outcomes of the shards to all listeners. */
final class OutcomePublisher {

    private final List<OutcomeListener> listeners = new CopyOnWriteArrayList<>();

    void add(OutcomeListener listener) {
        listeners.add(listener);
    }

    void remove(OutcomeListener listener) {
        listeners.remove(listener);
    }

    void decided(int shard, ShardCommand command, Outcome outcome) {
        for (var listener : listeners) {
            listener.decided(shard, command, outcome);
        }
    }

    void publishLoss(int shard, List<ShardCommand> items) {
        for (var listener : listeners) {
            listener.lost(shard, items);
        }
    }
}
