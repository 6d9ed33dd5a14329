package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.rig.Sleeper;
import dev.aicore.discovery.bench.rig.Threshold;
import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Deregisters instances at random moments, and measures from each answer until a list that is read each 5 ms doesn't
 * contain the instance any more.
 */
final class LeaveScenario {

    private static final String FIGURE = "graceful leave answered → no choice finds it";
    private static final String SERVICE = "payments";
    private static final int STAYING = 20;
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MIN_GAP_MILLIS = 30;
    private static final int MAX_GAP_MILLIS = 120;
    private static final double GOAL_MILLIS = 250;

    /** Eureka's caches are of 30, 30 and 35 s, so that few instances at moments of half a minute show their sum. */
    private static final int EUREKA_LEAVES = 20;

    private static final int EUREKA_GAP_MILLIS = 3_000;
    private static final Duration EUREKA_PATIENCE = Duration.ofMinutes(3);

    private LeaveScenario() {}

    static List<ClientFigure> run(ClientBenchRig rig) throws Exception {
        var figures = new ArrayList<>(ofRegistry(rig));
        var peer = rig.eureka();
        var caller = rig.eurekaCaller();
        if (peer.isPresent() && caller.isPresent()) {
            figures.add(ofEureka(peer.get(), caller.get()));
        }
        return figures;
    }

    private static List<ClientFigure> ofRegistry(ClientBenchRig rig) throws Exception {
        var registry = rig.registry();
        int leaves = rig.options().leaves();
        registry.register(SERVICE, STAYING + leaves);
        var spring = rig.springCaller();
        try (var client = RegistryClient.at(registry.url()).open()) {
            Service payments = client.service(SERVICE);
            awaitSize(payments, STAYING + leaves);
            if (spring.isPresent()) {
                spring.get().send("watch " + SERVICE);
                awaitArrivals(spring.get(), STAYING + leaves, PATIENCE);
            }
            var seen = new ConcurrentHashMap<String, Long>();
            var reader = Thread.ofPlatform().daemon().start(() -> read(payments, seen));
            var answered = leave(leaves, registry::deregister);
            await(() -> seen.keySet().containsAll(answered.keySet()));
            reader.interrupt();

            var figures = new ArrayList<>(List.of(figure("plain", delays(answered, seen))));
            if (spring.isPresent()) {
                var gone = awaitDepartures(spring.get(), answered.keySet(), PATIENCE);
                figures.add(figure("Spring starter", delays(answered, gone)));
            }
            return figures;
        }
    }

    private static ClientFigure figure(String who, DelaySamples delays) {
        return ClientFigure.of(
                FIGURE, who, delays.words(), new Threshold("p99 ≤ 250 ms", delays.percentile(99) <= GOAL_MILLIS));
    }

    private static ClientFigure ofEureka(EurekaPeer peer, SpringCallerProcess caller) throws Exception {
        peer.register(SERVICE, STAYING + EUREKA_LEAVES);
        caller.send("watch " + SERVICE);
        awaitArrivals(caller, STAYING + EUREKA_LEAVES, EUREKA_PATIENCE);
        var answered = new LinkedHashMap<String, Long>();
        for (int i = 0; i < EUREKA_LEAVES; i++) {
            Sleeper.during(Duration.ofMillis(ThreadLocalRandom.current().nextInt(EUREKA_GAP_MILLIS)));
            String id = SERVICE + "-" + i;
            peer.cancel(SERVICE, id);
            answered.put(id, System.nanoTime());
        }
        var gone = awaitDepartures(caller, answered.keySet(), EUREKA_PATIENCE);
        return ClientFigure.of(
                FIGURE, "Eureka's, in Spring", delays(answered, gone).words());
    }

    /** Deregisters an instance; returns once it is answered. */
    @FunctionalInterface
    private interface Leave {
        void of(String id) throws IOException, InterruptedException;
    }

    private static Map<String, Long> leave(int count, Leave leave) throws IOException, InterruptedException {
        var answered = new LinkedHashMap<String, Long>();
        for (int i = 0; i < count; i++) {
            Sleeper.during(Duration.ofMillis(ThreadLocalRandom.current().nextInt(MIN_GAP_MILLIS, MAX_GAP_MILLIS)));
            String id = SERVICE + "-" + i;
            leave.of(id);
            answered.put(id, System.nanoTime());
        }
        return answered;
    }

    private static void read(Service service, Map<String, Long> seen) {
        Set<String> before = Set.of();
        while (!Thread.currentThread().isInterrupted()) {
            var now = service.instances().stream().map(RegisteredInstance::id).collect(Collectors.toSet());
            long nanos = System.nanoTime();
            before.stream().filter(id -> !now.contains(id)).forEach(id -> seen.put(id, nanos));
            before = now;
            Sleeper.during(POLL);
        }
    }

    private static DelaySamples delays(Map<String, Long> answered, Map<String, Long> seen) {
        return DelaySamples.ofNanos(answered.entrySet().stream()
                .map(leave -> Objects.requireNonNull(seen.get(leave.getKey())) - leave.getValue())
                .toList());
    }

    private static void awaitSize(Service service, int size) {
        await(() -> service.instances().size() == size);
    }

    private static void await(BooleanSupplier condition) {
        Sleeper.await("A list", condition, PATIENCE);
    }

    private static void awaitArrivals(SpringCallerProcess caller, int count, Duration patience)
            throws InterruptedException, TimeoutException {
        var present = new HashSet<String>();
        while (present.size() < count) {
            var line = caller.next(patience);
            if (line.word(0).equals("come")) {
                present.add(line.word(1));
            }
        }
    }

    private static Map<String, Long> awaitDepartures(SpringCallerProcess caller, Set<String> ids, Duration patience)
            throws InterruptedException, TimeoutException {
        var gone = new LinkedHashMap<String, Long>();
        while (!gone.keySet().containsAll(ids)) {
            var line = caller.next(patience);
            if (line.word(0).equals("gone")) {
                gone.put(line.word(1), line.nanos());
            }
        }
        return gone;
    }
}
