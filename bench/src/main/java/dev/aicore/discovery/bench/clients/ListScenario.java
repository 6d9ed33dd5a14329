package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.load.BuiltInGenerator;
import dev.aicore.discovery.bench.load.RequestCycle;
import dev.aicore.discovery.bench.rig.Sleeper;
import dev.aicore.discovery.bench.rig.Threshold;
import dev.aicore.discovery.client.RegistryClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Measures the live heap of a client with the lists of 100 services, and its CPU time while a large service changes 200
 * times a second.
 */
final class ListScenario {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SERVICES = 100;
    private static final int CONNECTIONS = 16;
    private static final int CHANGES_PER_SECOND = 200;
    private static final int WARM_UP_WEIGHT = 40;
    private static final int WEIGHT = 30;
    private static final double MEGABYTE = 1 << 20;
    private static final String LARGE = "large";

    private ListScenario() {}

    static List<ClientFigure> run(ClientBenchRig rig) throws Exception {
        int instances = rig.options().instances();
        for (int i = 0; i < SERVICES; i++) {
            rig.registry().register("small-" + i, instances / SERVICES);
        }
        rig.registry().register(LARGE, instances);
        return List.of(memory(rig.registry(), instances), cpu(rig));
    }

    private static ClientFigure memory(MeasuredRegistry registry, int instances) throws Exception {
        long before = liveBytes();
        try (var client = RegistryClient.at(registry.url()).open()) {
            for (int i = 0; i < SERVICES; i++) {
                awaitList(client, "small-" + i);
            }
            double megabytes = (liveBytes() - before) / MEGABYTE;
            return ClientFigure.of(
                    "live heap of %d services with %d instances each".formatted(SERVICES, instances / SERVICES),
                    "plain",
                    "%.1f MB".formatted(megabytes),
                    new Threshold("≤ 8 MB", megabytes <= 8));
        }
    }

    /** Returns the heap of this process that is used after a collection. */
    private static long liveBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static void awaitList(RegistryClient client, String service) throws InterruptedException {
        if (!client.service(service).awaitList(PATIENCE)) {
            throw new IllegalStateException("There is no list of " + service + ".");
        }
    }

    private static ClientFigure cpu(ClientBenchRig rig) throws Exception {
        try (var client = RegistryClient.at(rig.registry().url()).open()) {
            awaitList(client, LARGE);
            // The first round warms up.
            changes(rig, WARM_UP_WEIGHT);
            long before = clientCpuNanos();
            long begin = System.nanoTime();
            long position = position(client);
            changes(rig, WEIGHT);
            awaitChange(client, position);
            double percent = 100.0 * (clientCpuNanos() - before) / (System.nanoTime() - begin);
            return ClientFigure.of(
                    "CPU while a service of %,d instances changes %d times a second"
                            .formatted(rig.options().instances(), CHANGES_PER_SECOND),
                    "plain",
                    "%.1f %% of a core".formatted(percent),
                    new Threshold("≤ 5 %", percent <= 5));
        }
    }

    /** Waits for a change after a position: a busy server may be behind the requests. */
    private static void awaitChange(RegistryClient client, long position) {
        Sleeper.await("The position of a client", () -> position(client) > position, PATIENCE);
    }

    private static long position(RegistryClient client) {
        return client.service(LARGE).view().position();
    }

    /**
     * Changes the weights of the first instances in turn, for a round.
     *
     * @param weight one of the two weights, which no other round has: the same one again would be no change
     */
    private static void changes(ClientBenchRig rig, int weight) throws IOException {
        int changed = Math.min(1_000, rig.options().instances());
        var requests = MeasuredRegistry.each(
                2 * changed,
                i -> RequestCycle.send(
                        "PATCH",
                        "/api/v1/services/" + LARGE + "-" + i % changed,
                        "{\"weight\": " + (i < changed ? weight : 2 * weight) + "}"));
        var round = new BuiltInGenerator()
                .open(
                        rig.registry().port(),
                        RequestCycle.of(requests),
                        CONNECTIONS,
                        CHANGES_PER_SECOND,
                        rig.options().round());
        if (round.errors() > 0) {
            throw new IllegalStateException(round.errors() + " changes failed.");
        }
    }

    /** Returns the CPU time of the threads of clients, and of their HTTP clients, in this process. */
    private static long clientCpuNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(Objects::nonNull)
                .filter(thread -> thread.getThreadName().startsWith("registry-client")
                        || thread.getThreadName().startsWith("HttpClient"))
                .mapToLong(thread -> Math.max(0, threads.getThreadCpuTime(thread.getThreadId())))
                .sum();
    }
}
