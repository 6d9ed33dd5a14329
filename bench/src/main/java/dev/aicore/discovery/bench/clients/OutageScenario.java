package dev.aicore.discovery.bench.clients;

import dev.aicore.discovery.bench.rig.PortFinder;
import dev.aicore.discovery.bench.rig.Sleeper;
import dev.aicore.discovery.bench.rig.Threshold;
import dev.aicore.discovery.client.Freshness;
import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.NoInstanceException;
import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.RegistryClientBuilder;
import dev.aicore.discovery.client.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Kills the registry, and Eureka beside it, while each client chooses 500 times a second. A further client starts
 * meanwhile. Then the registry starts again.
 */
final class OutageScenario {

    private static final int PICKS_PER_SECOND = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final double MAX_START_SECONDS = 4;

    private final ClientBenchRig rig;
    private final Duration outage;
    private final List<ClientFigure> figures = new ArrayList<>();
    private final Path cache;

    private OutageScenario(ClientBenchRig rig) {
        this.rig = rig;
        this.outage = rig.options().outage();
        this.cache = rig.directory().directory().resolve("lists");
    }

    static List<ClientFigure> run(ClientBenchRig rig) throws Exception {
        return new OutageScenario(rig).run();
    }

    private List<ClientFigure> run() throws Exception {
        var directory = Files.createDirectories(rig.directory().directory().resolve("outage"));
        int port = PortFinder.freePort();
        var registry = MeasuredRegistry.start(directory, port);
        registry.register(ClientBenchRig.LEDGER, ClientBenchRig.LEDGER_INSTANCES);
        var spring = rig.springCallerOf(registry);
        try (var client = cached(registry.url()).open()) {
            var me = client.register(Instance.of("caller", 9).ttl(Duration.ofSeconds(30)));
            me.ready();
            Service ledger = client.service(ClientBenchRig.LEDGER);
            await(() -> ledger.instances().size() == ClientBenchRig.LEDGER_INSTANCES);
            await(this::isSaved);
            String path = "/api/v1/services/" + Objects.requireNonNull(me.id());
            await(() -> me.status().lastHeartbeat() != null);
            String before = registeredAt(registry.get(path));
            if (spring.isPresent()) {
                spring.get().send("watch " + ClientBenchRig.LEDGER);
                spring.get().await("come " + ClientBenchRig.LEDGER, PATIENCE);
            }
            awaitEureka();

            registry.kill();
            rig.eureka().ifPresent(EurekaPeer::kill);
            duringOutage(registry.url(), ledger, spring.orElse(null));

            registry = MeasuredRegistry.start(directory, port);
            long back = System.nanoTime();
            await(() -> ledger.freshness() == Freshness.LIVE);
            double seconds = (System.nanoTime() - back) / 1e9;
            boolean isSame = before.equals(registeredAt(registry.get(path)));
            figures.add(ClientFigure.of(
                    "registry is ready again → list is live; registrations needed",
                    "plain",
                    "%.1f s; %s".formatted(seconds, isSame ? "none" : "one"),
                    new Threshold("no registration", isSame)));
            me.leave("the benchmark is over");
            return figures;
        } finally {
            spring.ifPresent(SpringCallerProcess::close);
            registry.close();
        }
    }

    private RegistryClientBuilder cached(String url) {
        return RegistryClient.at(url).cache(cache).application("bench");
    }

    private boolean isSaved() {
        try (var files = Files.list(cache)) {
            return files.anyMatch(file -> file.toString().endsWith(".lists"));
        } catch (IOException absent) {
            return false;
        }
    }

    private static String registeredAt(String body) {
        return body.replaceFirst("(?s).*\"registered_at\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }

    private void awaitEureka() throws IOException, InterruptedException {
        var caller = rig.eurekaCaller();
        if (caller.isPresent()) {
            caller.get().send("watch " + ClientBenchRig.LEDGER);
            caller.get().await("come " + ClientBenchRig.LEDGER, PATIENCE.multipliedBy(2));
        }
    }

    private void duringOutage(String url, Service ledger, @Nullable SpringCallerProcess spring) throws Exception {
        String command = "call %s %d %d".formatted(ClientBenchRig.LEDGER, PICKS_PER_SECOND, outage.toSeconds());
        var eureka = rig.eurekaCaller();
        if (spring != null) {
            spring.send(command);
        }
        if (eureka.isPresent()) {
            eureka.get().send(command);
        }
        try (var beside = Executors.newVirtualThreadPerTaskExecutor()) {
            var failed = CompletableFuture.supplyAsync(() -> failedPicks(ledger), beside);
            double seconds = secondsToFirstPick(url);
            figures.add(ClientFigure.of(
                    "start in an outage → first pick",
                    "plain, with the lists on disk",
                    "%.2f s".formatted(seconds),
                    new Threshold("≤ 4 s", seconds <= MAX_START_SECONDS)));
            figures.add(picks("plain", failed.get(), new Threshold("0 failed", failed.get() == 0)));
        }
        if (spring != null) {
            long failed = failedOf(spring);
            figures.add(picks("Spring starter", failed, new Threshold("0 failed", failed == 0)));
        }
        if (eureka.isPresent()) {
            figures.add(picks("Eureka's, in Spring", failedOf(eureka.get())));
        }
    }

    private ClientFigure picks(String who, long failed, Threshold... thresholds) {
        return ClientFigure.of(
                "failed picks of %,d, %d s without a registry"
                        .formatted(PICKS_PER_SECOND * outage.toSeconds(), outage.toSeconds()),
                who,
                Long.toString(failed),
                thresholds);
    }

    private long failedPicks(Service service) {
        long failed = 0;
        long begin = System.nanoTime();
        for (long i = 0; i < PICKS_PER_SECOND * outage.toSeconds(); i++) {
            Sleeper.until(begin + i * 1_000_000_000L / PICKS_PER_SECOND);
            try (var pick = service.pick()) {
                pick.succeeded();
            } catch (NoInstanceException e) {
                failed++;
            }
        }
        return failed;
    }

    private long failedOf(SpringCallerProcess caller) throws InterruptedException {
        return Long.parseLong(caller.await("called ", outage.plus(PATIENCE)).word(2));
    }

    private double secondsToFirstPick(String url) {
        long begin = System.nanoTime();
        try (var late = cached(url).open()) {
            var ledger = late.service(ClientBenchRig.LEDGER);
            await(() -> !ledger.instances().isEmpty());
            try (var pick = ledger.pick()) {
                pick.succeeded();
                return (System.nanoTime() - begin) / 1e9;
            }
        }
    }

    private static void await(BooleanSupplier condition) {
        Sleeper.await("A client", condition, PATIENCE);
    }
}
