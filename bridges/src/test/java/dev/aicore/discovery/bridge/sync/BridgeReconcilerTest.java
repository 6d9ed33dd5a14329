package dev.aicore.discovery.bridge.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.model.BridgedInstance;
import dev.aicore.discovery.bridge.model.BridgedInstance.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BridgeReconcilerTest {

    @Test
    void instancesOfTheOtherSide_areRegisteredChangedAndRemoved() throws Exception {
        var bridge = BridgeFixture.bridge("in", "");
        bridge.foreign.register("orders", "1", "10.0.0.1");
        bridge.foreign.register("orders", "2", "10.0.0.2");
        bridge.synchronize();
        assertThat(bridge.local.ids()).containsExactlyInAnyOrder("legacy:orders:1", "legacy:orders:2");

        bridge.foreign.register("orders", "1", "10.0.0.9");
        bridge.foreign.deregister("orders/2");
        bridge.synchronize();

        assertThat(bridge.local.ids()).containsExactly("legacy:orders:1");
        assertThat(view(bridge, "legacy:orders:1").address()).isEqualTo("10.0.0.9");
        assertThat(view(bridge, "legacy:orders:1").owner()).isEqualTo("bridge:legacy");
        assertThat(bridge.status().imported()).isEqualTo(1);
    }

    @Test
    void writes_haveTheVersionOfTheirInstanceAsReason() throws Exception {
        var bridge = BridgeFixture.bridge("in", "");
        bridge.foreign.register("orders", "1", "10.0.0.1");
        bridge.foreign.register("orders", "2", "10.0.0.2");
        bridge.synchronize();
        bridge.foreign.deregister("orders/2");
        bridge.synchronize();

        assertThat(bridge.local.writes)
                .extracting(LocalRegistry.ImportWrite::reason)
                .containsExactly("version 1", "version 2", "version 3");
    }

    @Test
    void nothingChanged_nothingIsWritten() throws Exception {
        var bridge = BridgeFixture.bridge("both", "");
        bridge.foreign.register("orders", "1", "10.0.0.1");
        bridge.local.register("billing", "b", "10.0.0.2");

        assertThat(BridgeFixture.rounds(bridge)).isEqualTo(1);
    }

    @Test
    void filterPrefixAndDefaults_areAppliedToImports() throws Exception {
        var bridge = BridgeFixture.bridge("in", "service=orders-* service-prefix=old- zone=eu-1 protocol=grpc");
        bridge.foreign.register("billing", "1", "10.0.0.1");
        bridge.foreign.put(new BridgedInstance(
                "1", "orders-eu", "", "10.0.0.2", 80, "", 7, Map.of("k", "v"), List.of("t"), "", State.HEALTHY));
        bridge.synchronize();

        assertThat(bridge.local.ids()).containsExactly("legacy:orders-eu:1");
        var imported = view(bridge, "legacy:orders-eu:1");
        assertThat(imported.name()).isEqualTo("old-orders-eu");
        assertThat(imported.zone()).isEqualTo("eu-1");
        assertThat(imported.protocol()).isEqualTo("grpc");
        assertThat(imported.weight()).isEqualTo(7);
        assertThat(imported.tags()).containsExactly("t");
        assertThat(imported.metadata()).containsEntry("k", "v").containsEntry(BridgeOrigin.KEY, "etcd/legacy");
    }

    @Test
    void states_areMapped() throws Exception {
        var bridge = BridgeFixture.bridge("in", "");
        bridge.foreign.put(instance("1", State.UNHEALTHY));
        bridge.foreign.put(instance("2", State.MAINTENANCE));
        bridge.foreign.put(instance("3", State.DRAINING));
        bridge.synchronize();

        assertThat(view(bridge, "legacy:orders:1").status()).isEqualTo(InstanceStatus.UNHEALTHY);
        assertThat(view(bridge, "legacy:orders:2").status()).isEqualTo(InstanceStatus.MAINTENANCE);
        assertThat(view(bridge, "legacy:orders:3").status()).isEqualTo(InstanceStatus.DRAINING);
    }

    @Test
    void namesAndAddressesThatTheRegistryLacks_areCountedAndSkipped() throws Exception {
        var bridge = BridgeFixture.bridge("in", "");
        bridge.foreign.register("not a name", "1", "10.0.0.1");
        bridge.foreign.register("orders", "1", "not an address");
        bridge.foreign.register("orders", "an id / with blanks", "10.0.0.1");
        bridge.synchronize();

        assertThat(bridge.local.ids())
                .singleElement()
                .asString()
                .startsWith("legacy:")
                .doesNotContain(" ");
        assertThat(bridge.status().refused()).isEqualTo(2);
    }

    @Test
    void refusedInstance_isWrittenAgainOnlyAfterTheInterval() throws Exception {
        var bridge = BridgeFixture.bridge("in", "");
        bridge.foreign.register(MemoryRegistry.REFUSED_SERVICE, "1", "10.0.0.1");
        bridge.synchronize();
        bridge.synchronize();
        assertThat(bridge.local.writes).hasSize(1);
        assertThat(bridge.status().refused()).isEqualTo(1);
        assertThat(bridge.status().imported()).isZero();

        bridge.time.advance(Duration.ofMinutes(1));
        bridge.synchronize();
        assertThat(bridge.local.writes).hasSize(2);
    }

    @Test
    void instancesOfThisRegistry_areExportedWithTheirOrigin() throws Exception {
        var bridge = BridgeFixture.bridge("out", "service=orders");
        bridge.local.register("orders", "a", "10.0.0.1");
        bridge.local.register("billing", "b", "10.0.0.2");
        bridge.foreign.register("foreign", "f", "10.0.0.3");
        bridge.synchronize();
        assertThat(bridge.foreign.keys()).containsExactlyInAnyOrder("orders/a", "foreign/f");

        bridge.local.deregister("a");
        bridge.synchronize();
        assertThat(bridge.foreign.keys()).containsExactly("foreign/f");
        assertThat(bridge.local.ids()).containsExactly("b");
    }

    @Test
    void sameEndpointOnBothSides_isNeitherImportedNorExported() throws Exception {
        var bridge = BridgeFixture.bridge("both", "");
        bridge.local.register("orders", "a", "10.0.0.1");
        bridge.foreign.register("orders", "1", "10.0.0.1");
        bridge.synchronize();
        assertThat(bridge.local.ids()).containsExactly("a");
        assertThat(bridge.foreign.keys()).containsExactly("orders/1");

        bridge.local.deregister("a");
        bridge.synchronize();
        assertThat(bridge.local.ids()).containsExactly("legacy:orders:1");
    }

    @Test
    void twoRegistriesAndOneInTheMiddle_neverEcho() throws Exception {
        var middle = new MemoryForeignRegistry();
        var first = BridgeFixture.bridge("store-1", "both", MemoryRegistry.of("any"), middle);
        var second = BridgeFixture.bridge("store-2", "both", MemoryRegistry.of("any"), middle);
        first.local.register("orders", "a", "10.0.0.1");
        second.local.register("orders", "b", "10.0.0.2");
        middle.register("orders", "c", "10.0.0.3");

        assertThat(BridgeFixture.rounds(first, second)).isLessThanOrEqualTo(3);
        assertThat(first.local.ids()).containsExactlyInAnyOrder("a", "legacy:orders:b", "legacy:orders:c");
        assertThat(second.local.ids()).containsExactlyInAnyOrder("b", "legacy:orders:a", "legacy:orders:c");
        assertThat(middle.keys()).containsExactlyInAnyOrder("orders/a", "orders/b", "orders/c");

        first.local.deregister("a");
        BridgeFixture.rounds(first, second);
        assertThat(second.local.ids()).containsExactlyInAnyOrder("b", "legacy:orders:c");
        assertThat(middle.keys()).containsExactlyInAnyOrder("orders/b", "orders/c");
    }

    @Test
    void otherSideAway_whatCameFromItStaysForTheFreezeTime() throws Exception {
        var bridge = BridgeFixture.bridge("in", "");
        bridge.foreign.register("orders", "1", "10.0.0.1");
        bridge.synchronize();
        bridge.catalog.lose("away");
        bridge.time.advance(Duration.ofMinutes(14));
        bridge.reconciler.reconcile();

        assertThat(bridge.local.ids()).hasSize(1);
        assertThat(bridge.status().state()).isEqualTo("frozen");
        assertThat(bridge.status().lastError()).isEqualTo("away");
        assertThat(bridge.status().staleSince()).isEqualTo(bridge.time.now().minus(Duration.ofMinutes(14)));

        bridge.time.advance(Duration.ofMinutes(2));
        bridge.reconciler.reconcile();
        assertThat(bridge.local.ids()).isEmpty();
    }

    @Test
    void otherSideEmpty_nothingIsRemovedBeforeAnOperatorAgrees() throws Exception {
        var bridge = withInstances(100);
        bridge.foreign.clear();
        bridge.synchronize();
        assertThat(bridge.local.ids()).hasSize(100);
        assertThat(bridge.status().state()).isEqualTo("blocked");
        assertThat(bridge.status().lastError()).contains("100 of the 100", "max_removed_share");

        bridge.reconciler.resume();
        bridge.synchronize();
        assertThat(bridge.local.ids()).isEmpty();
        assertThat(bridge.status().state()).isEqualTo("running");
    }

    @Test
    void otherSideFilledAgain_theBridgeContinuesByItself() throws Exception {
        var bridge = withInstances(100);
        bridge.foreign.clear();
        bridge.synchronize();
        fill(bridge, 90);
        bridge.synchronize();

        assertThat(bridge.status().state()).isEqualTo("running");
        assertThat(bridge.local.ids()).hasSize(90);
    }

    @Test
    void thisRegistryEmpty_theOtherSideKeepsWhatWasExported() throws Exception {
        var bridge = BridgeFixture.bridge("out", "");
        for (int i = 0; i < 20; i++) {
            bridge.local.register("orders", "i" + i, "10.0.0." + i);
        }
        bridge.synchronize();
        for (int i = 0; i < 20; i++) {
            bridge.local.deregister("i" + i);
        }
        bridge.synchronize();

        assertThat(bridge.foreign.keys()).hasSize(20);
        assertThat(bridge.status().state()).isEqualTo("blocked");
    }

    @Test
    void pausedBridge_plansButDoesNotWrite() throws Exception {
        var bridge = BridgeFixture.bridge("in", "");
        bridge.reconciler.setPaused(true);
        bridge.foreign.register("orders", "1", "10.0.0.1");
        bridge.synchronize();
        assertThat(bridge.local.ids()).isEmpty();
        assertThat(bridge.status().state()).isEqualTo("paused");
        var plan = BridgePlanView.of("legacy", bridge.reconciler.plan());
        assertThat(Objects.requireNonNull(plan.imports()).writes())
                .containsExactly(new BridgePlanView.PlannedWrite("add", "orders", "legacy:orders:1", "10.0.0.1", 80));

        bridge.reconciler.resume();
        bridge.reconciler.reconcile();
        assertThat(bridge.local.ids()).hasSize(1);
    }

    @Test
    void withoutPermit_nothingIsWrittenThere() throws Exception {
        var bridge = BridgeFixture.bridge("out", "");
        bridge.local.register("orders", "a", "10.0.0.1");
        bridge.permitted = false;
        assertThat(bridge.synchronize()).isFalse();
        assertThat(bridge.foreign.keys()).isEmpty();
        assertThat(bridge.status().lastError()).isEqualTo("Another node may run the bridge.");

        bridge.permitted = true;
        assertThat(bridge.synchronize()).isTrue();
        assertThat(bridge.foreign.keys()).containsExactly("orders/a");
    }

    @Test
    void nextClaim_removesNothingThatWasApprovedUnderTheEarlierOne() throws Exception {
        var bridge = withInstances(100);
        bridge.foreign.clear();
        bridge.synchronize();
        bridge.reconciler.resume();
        bridge.reconciler.begin();
        bridge.synchronize();

        assertThat(bridge.local.ids()).hasSize(100);
        assertThat(bridge.status().state()).isEqualTo("blocked");
    }

    @Test
    void thisRegistryAway_isRetriedAndReported() throws Exception {
        var bridge = BridgeFixture.bridge("in", "");
        bridge.foreign.register("orders", "1", "10.0.0.1");
        bridge.local.failure = "away";
        assertThat(bridge.synchronize()).isFalse();
        assertThat(bridge.status().lastError()).isEqualTo("away");

        bridge.local.failure = null;
        bridge.time.advance(Duration.ofSeconds(3));
        assertThat(bridge.synchronize()).isTrue();
        assertThat(bridge.status().lagMs()).isEqualTo(3_000);
        assertThat(bridge.status().lastError()).isNull();
    }

    @Test
    void newBridgeOfTheSameName_continuesWhereTheOldOneWasKilled() throws Exception {
        var killed = withInstances(30);
        killed.foreign.deregister("orders/i3");
        var next = BridgeFixture.bridge(BridgeFixture.REGISTRY, "in", killed.local, killed.foreign);
        next.synchronize();

        assertThat(next.local.ids()).hasSize(29).doesNotContain("legacy:orders:i3");
        assertThat(next.reconciler.counts().imports()).isEqualTo(1);
    }

    private static BridgeFixture withInstances(int count) throws Exception {
        var bridge = BridgeFixture.bridge("in", "");
        fill(bridge, count);
        bridge.synchronize();
        return bridge;
    }

    private static void fill(BridgeFixture bridge, int count) {
        for (int i = 0; i < count; i++) {
            bridge.foreign.register("orders", "i" + i, "10.0.0." + i);
        }
    }

    private static BridgedInstance instance(String id, State state) {
        return new BridgedInstance(id, "orders", "", "10.0.0.1", 80, "http", 100, Map.of(), List.of(), "", state);
    }

    private static InstanceView view(BridgeFixture bridge, String id) {
        return Objects.requireNonNull(bridge.local.find(id));
    }
}
