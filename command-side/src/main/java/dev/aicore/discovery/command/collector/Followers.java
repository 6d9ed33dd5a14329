package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** All who hear what the shards decide. */
final class Followers {

    private final List<OutcomeFollower> all = new CopyOnWriteArrayList<>();

    void add(OutcomeFollower follower) {
        all.add(follower);
    }

    void decided(int shard, Item item, Outcome outcome) {
        for (var follower : all) {
            follower.decided(shard, item, outcome);
        }
    }

    void lost(int shard, List<Item> items) {
        for (var follower : all) {
            follower.lost(shard, items);
        }
    }
}
