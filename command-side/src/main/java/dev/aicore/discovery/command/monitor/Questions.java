package dev.aicore.discovery.command.monitor;

import dev.aicore.discovery.api.shard.FindChecked;
import dev.aicore.discovery.command.collector.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the shards are to be asked: whether these are to be checked. The answers reach {@link Targets} like every other; a question without
 * an answer is asked again.
 */
final class Questions {

    /** Puts a question to a shard. */
    @FunctionalInterface
    interface Shards {
        CompletableFuture<Reply> find(int shard, FindChecked asked);
    }

    private static final int MOST_AT_ONCE = 1_000;
    private static final long AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final Shards shards;
    private final List<OfShard> all;

    Questions(int number, Shards shards) {
        this.shards = shards;
        this.all = IntStream.range(0, number).mapToObj(shard -> new OfShard()).toList();
    }

    private static final class OfShard {
        private final Set<String> ids = ConcurrentHashMap.newKeySet();
        private volatile boolean everything;
        private volatile boolean asked;
        private volatile boolean failed;
        private volatile long failedAt;
    }

    void add(int shard, String id) {
        all.get(shard).ids.add(id);
    }

    /** Asks each shard for all that it has. */
    void addEverything() {
        all.forEach(shard -> shard.everything = true);
    }

    /** Asks what there is to ask; of each shard one question at a time. By one thread. */
    void ask(long now) {
        for (int shard = 0; shard < all.size(); shard++) {
            var of = all.get(shard);
            boolean waits = of.failed && now - of.failedAt < AGAIN_NANOS;
            if (!of.asked && !waits && (of.everything || !of.ids.isEmpty())) {
                ask(shard, of, now);
            }
        }
    }

    /** Whether there is something left to ask. */
    boolean isOpen() {
        return all.stream().anyMatch(of -> of.everything || !of.ids.isEmpty());
    }

    private void ask(int shard, OfShard of, long now) {
        var ids = of.everything ? null : take(of);
        of.everything = false;
        of.asked = true;
        var _ = shards.find(shard, new FindChecked(ids)).whenComplete((reply, failure) -> {
            if (failure != null) {
                giveBack(of, ids);
                of.failedAt = now;
            }
            of.failed = failure != null;
            of.asked = false;
        });
    }

    private static List<String> take(OfShard of) {
        var taken = new ArrayList<String>();
        var each = of.ids.iterator();
        while (each.hasNext() && taken.size() < MOST_AT_ONCE) {
            taken.add(each.next());
            each.remove();
        }
        return taken;
    }

    private static void giveBack(OfShard of, @Nullable List<String> ids) {
        if (ids == null) {
            of.everything = true;
        } else {
            of.ids.addAll(ids);
        }
    }
}
