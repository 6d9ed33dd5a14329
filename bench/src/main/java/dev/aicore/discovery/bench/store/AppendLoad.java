package dev.aicore.discovery.bench.store;

import dev.aicore.discovery.eventstore.EventAppender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs appenders in a closed loop: each appends its next unit as soon as the previous one is durable. */
final class AppendLoad {

    private final EventAppender eventAppender;
    private final AppendWorkload appendWorkload;
    private final long[] next;

    AppendLoad(EventAppender eventAppender, AppendWorkload appendWorkload) {
        this.eventAppender = eventAppender;
        this.appendWorkload = appendWorkload;
        this.next = new long[appendWorkload.appenders()];
    }

    /** Appends for a duration and returns the latencies in nanoseconds, sorted. */
    long[] run(Duration duration) throws Exception {
        long end = System.nanoTime() + duration.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> appenders = new ArrayList<>();
            for (int shard = 0; shard < appendWorkload.appenders(); shard++) {
                int own = shard;
                appenders.add(threads.submit(() -> append(own, end)));
            }
            var took = new long[0];
            for (var one : appenders) {
                var more = one.get();
                int before = took.length;
                took = Arrays.copyOf(took, before + more.length);
                System.arraycopy(more, 0, took, before, more.length);
            }
            Arrays.sort(took);
            return took;
        }
    }

    private long[] append(int shard, long end) {
        var random = new SplittableRandom(shard);
        var took = new long[1024];
        int count = 0;
        for (long now = System.nanoTime(); now < end; ) {
            eventAppender.append(List.of(appendWorkload.event(shard, next[shard]++, random)));
            long then = System.nanoTime();
            took = count == took.length ? Arrays.copyOf(took, count * 2) : took;
            took[count++] = then - now;
            now = then;
        }
        return Arrays.copyOf(took, count);
    }
}
