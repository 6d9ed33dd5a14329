package dev.aicore.discovery.bench.history;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.health.HealthState;
import dev.aicore.discovery.api.instance.Declaration;
import dev.aicore.discovery.api.instance.InstancePrecondition;
import dev.aicore.discovery.api.instance.RegisterInstance;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.bench.writes.BenchPostgres;
import dev.aicore.discovery.bench.writes.InProcessRegistry;
import dev.aicore.discovery.command.batching.CommandGateway;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Creates a history through the command side: registrations, then updates of weights, and heartbeats. */
final class HistorySeeder {

    /** Number of instances per service. */
    static final int IN_SERVICE = 100;

    private static final int MAX_CONCURRENT = 2_000;
    private static final int MAX_CONCURRENT_HEARTBEATS = 10_000;
    private static final int DAY = 86_400;
    private static final int WEIGHTS = 1_000;
    private static final EventMetadata ENVELOPE = new EventMetadata(
            EventMetadata.DEFAULT_NAMESPACE,
            "alice",
            EventMetadata.ADMIN,
            "127.0.0.1",
            "rest",
            "r-1",
            "a reason",
            null,
            null);

    private final Path directory;
    private final int instances;
    private long facts;

    /** @param instances number of instances */
    HistorySeeder(Path directory, int instances) {
        this.directory = directory;
        this.instances = instances;
    }

    int services() {
        return instances / IN_SERVICE;
    }

    /** Adds facts until {@code wanted} is reached, and then heartbeats. No registry may be running on the store. */
    void grow(long wanted, long heartbeats) throws InterruptedException {
        try (var benchPostgres = BenchPostgres.start(directory);
                var inProcessRegistry = InProcessRegistry.ofCommands(benchPostgres, List.of())) {
            var permits = new Semaphore(MAX_CONCURRENT);
            var failed = new AtomicLong();
            for (; facts < wanted; facts++) {
                send(next(inProcessRegistry.commandGateway()), permits, failed);
            }
            for (long heard = 0; heard < heartbeats; heard += MAX_CONCURRENT_HEARTBEATS) {
                int first = (int) (heard % instances);
                var ids = IntStream.range(first, first + MAX_CONCURRENT_HEARTBEATS)
                        .mapToObj(number -> id(number % instances))
                        .toList();
                send(
                        inProcessRegistry.commandGateway().renewAll(ids, System.currentTimeMillis(), ENVELOPE),
                        permits,
                        failed);
            }
            permits.acquire(MAX_CONCURRENT);
            if (failed.get() > 0) {
                throw new IllegalStateException(failed + " writes failed.");
            }
        }
    }

    private static void send(CompletableFuture<?> answer, Semaphore permits, AtomicLong failed)
            throws InterruptedException {
        permits.acquire();
        var _ = answer.whenComplete((_, failure) -> {
            failed.addAndGet(failure == null ? 0 : 1);
            permits.release();
        });
    }

    private CompletableFuture<?> next(CommandGateway commandGateway) {
        int number = (int) (facts % instances);
        if (facts < instances) {
            return commandGateway.register(
                    new RegisterInstance(id(number), declaration(number), HealthState.HEALTHY, ENVELOPE), null);
        }
        var patch = "{\"weight\":" + (1 + facts / instances % WEIGHTS) + "}";
        return commandGateway.update(
                new UpdateInstance(id(number), null, patch, null, InstancePrecondition.NONE, ENVELOPE), null);
    }

    static String id(int number) {
        return "instance-" + number;
    }

    private static Declaration declaration(int number) {
        return new Declaration(
                "service-" + number / IN_SERVICE,
                "1.4.2",
                "10.%d.%d.%d".formatted(number >> 16 & 255, number >> 8 & 255, number & 255),
                8080,
                "http",
                WEIGHTS,
                DAY,
                null,
                Map.of("region", "eu-1", "team", "identity"),
                List.of("api", "v1"),
                "a");
    }
}
