package dev.aicore.discovery.bridge.sync;

import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.config.settings.BridgeSettings;
import dev.aicore.discovery.config.settings.SettingsBinder;
import dev.aicore.discovery.config.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Bridge between registries in memory, with a clock that the test moves. */
final class BridgeFixture {

    static final String REGISTRY = "store-1";

    final MemoryRegistry local;
    final MemoryForeignRegistry foreign;
    final MovedTime time = new MovedTime();
    final ForeignCatalog catalog;
    final BridgeReconciler reconciler;
    boolean permitted = true;

    private BridgeFixture(String registry, String definition, MemoryRegistry local, MemoryForeignRegistry foreign) {
        var settings = SettingsBinder.with(Map.of("service-discovery.bridges.definitions", definition))
                .get(BridgeSettings.class);
        var bridge = settings.bridges().getFirst();
        this.local = local.forBridge(bridge.name());
        this.foreign = foreign;
        this.catalog = new ForeignCatalog(settings.maxInstances(), time, () -> {});
        this.reconciler = new BridgeReconciler(
                new BridgeReconciler.Setup(
                        bridge, settings, new BridgeOrigin(registry, bridge.name()), this::requirePermit),
                catalog,
                foreign,
                this.local,
                time);
    }

    /** Creates a bridge between empty registries. */
    static BridgeFixture bridge(String direction, String options) {
        return bridge(REGISTRY, direction + " " + options, MemoryRegistry.of("any"), new MemoryForeignRegistry());
    }

    /** Creates a bridge between these registries; each registry of its own needs an id. */
    static BridgeFixture bridge(
            String registry, String directionAndOptions, MemoryRegistry local, MemoryForeignRegistry foreign) {
        return new BridgeFixture(
                registry, "legacy etcd " + directionAndOptions + " endpoint=http://unused:2379", local, foreign);
    }

    private void requirePermit() throws ForeignRegistryException {
        if (!permitted) {
            throw new ForeignRegistryException("Another node may run the bridge.");
        }
    }

    /** Reads the other side and reconciles. */
    boolean synchronize() throws ForeignRegistryException, InterruptedException {
        foreign.follow(catalog);
        return reconciler.reconcile();
    }

    /** Reconciles until nothing is left to write, after at most some rounds. */
    static int rounds(BridgeFixture... bridges) throws ForeignRegistryException, InterruptedException {
        for (int round = 0; round < 10; round++) {
            long before = writes(bridges);
            for (var bridge : bridges) {
                bridge.synchronize();
            }
            if (writes(bridges) == before) {
                return round;
            }
        }
        throw new AssertionError("The bridges never end to write.");
    }

    private static long writes(BridgeFixture... bridges) {
        long writes = 0;
        for (var bridge : bridges) {
            writes += bridge.reconciler.counts().imports()
                    + bridge.reconciler.counts().exports();
        }
        return writes;
    }

    ComponentStatus.Bridge status() {
        return reconciler.status();
    }

    /** Clocks that a test moves. */
    static final class MovedTime implements TimeSource {

        private Instant now = Instant.parse("2026-11-23T12:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long nanos() {
            return Duration.between(Instant.EPOCH, now).toNanos();
        }
    }
}
