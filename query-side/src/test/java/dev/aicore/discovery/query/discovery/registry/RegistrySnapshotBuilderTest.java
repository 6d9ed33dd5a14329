package dev.aicore.discovery.query.discovery.registry;

import static dev.aicore.discovery.query.testing.LiveFactSamples.AT;
import static dev.aicore.discovery.query.testing.LiveFactSamples.expired;
import static dev.aicore.discovery.query.testing.LiveFactSamples.registered;
import static dev.aicore.discovery.query.testing.LiveFactSamples.removed;
import static dev.aicore.discovery.query.testing.LiveFactSamples.revived;
import static dev.aicore.discovery.query.testing.LiveFactSamples.weighed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.access.CredentialValidity;
import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.access.ServiceScope;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.discovery.snapshot.SnapshotWeigher;
import dev.aicore.discovery.query.testing.SampleInstance;
import dev.aicore.discovery.query.watching.InstanceViewFold;
import dev.aicore.discovery.query.watching.RecentFactBuffer.LiveFact;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RegistrySnapshotBuilderTest {

    private static final InstanceViewFold FOLD = new InstanceViewFold(true);
    private static final long LOADED = 10;

    private RegistrySnapshot snapshot = RegistrySnapshotBuilder.read(List.of(), LOADED, AT);

    /** Applies facts at the positions after the snapshot's; returns whether all could be folded. */
    private boolean apply(InstanceFact... facts) {
        var builder = new RegistrySnapshotBuilder(snapshot);
        long position = snapshot.position();
        boolean all = true;
        for (var fact : facts) {
            all &= builder.apply(new LiveFact(fact, ++position, AT, 10), FOLD);
        }
        snapshot = builder.build(position);
        return all;
    }

    private List<String> ids(String service) {
        return snapshot.service(service).instances().stream()
                .map(InstanceView::id)
                .toList();
    }

    @Test
    void facts_areFoldedWithTheIndexOfTheirService() {
        apply(registered("web", "b"), registered("db", "x"), registered("web", "a"), weighed("web", "b", 7));

        assertThat(ids("web")).containsExactly("a", "b");
        assertThat(snapshot.service("web").index()).isEqualTo(14);
        assertThat(snapshot.service("db").index()).isEqualTo(12);
        assertThat(snapshot.index()).isEqualTo(14);
        assertThat(snapshot.weight())
                .isEqualTo(snapshot.services().stream()
                        .flatMap(service -> service.instances().stream())
                        .mapToLong(SnapshotWeigher::of)
                        .sum());
    }

    @Test
    void changes_haveEachInstanceOnceWithItsStatesBeforeAndAfter() {
        apply(registered("web", "a"), registered("web", "b"), expired("web", "a"), removed("web", "a"));

        assertThat(snapshot.changesSince(AT))
                .satisfiesExactly(
                        change -> {
                            assertThat(change.instance().id()).isEqualTo("b");
                            assertThat(change.before()).isNull();
                        },
                        change -> {
                            assertThat(change.instance().id()).isEqualTo("a");
                            assertThat(change.position()).isEqualTo(14);
                            assertThat(change.after()).isNull();
                        });
        assertThat(snapshot.changesSince(AT.plusMillis(1))).isEmpty();
    }

    @Test
    void lastDeparture_changesTheIndexOfAbsentServices() {
        apply(registered("web", "a"));
        assertThat(snapshot.service("absent").index()).isEqualTo(LOADED);

        apply(removed("web", "a"));
        assertThat(snapshot.services()).isEmpty();
        assertThat(snapshot.service("web").index()).isEqualTo(12);
    }

    @Test
    void factThatIsContainedInARead_isNotAppliedAgain() {
        var builder = new RegistrySnapshotBuilder(snapshot);
        builder.replace("web", List.of(view("web", "a")), 20, 15, AT);

        assertThat(builder.apply(new LiveFact(registered("web", "gone"), 20, AT, 10), FOLD))
                .isTrue();
        snapshot = builder.build(21);
        assertThat(ids("web")).containsExactly("a");
    }

    @Test
    void revivalOfAnAbsentInstance_needsARead() {
        assertThat(apply(revived("web", "a"))).isFalse();
    }

    @Test
    void read_replacesAServiceAndRecordsTheDifference() {
        apply(registered("web", "a"), registered("web", "b"));
        var builder = new RegistrySnapshotBuilder(snapshot);
        builder.replace("web", List.of(ofPosition("b"), view("web", "c")), 30, 25, AT);
        snapshot = builder.build(30);

        assertThat(ids("web")).containsExactly("b", "c");
        assertThat(snapshot.changesSince(AT).stream()
                        .map(change -> change.instance().id() + (change.after() == null ? " gone" : ""))
                        .toList())
                .containsExactlyInAnyOrder("b", "c", "a gone");
    }

    @Test
    void scopedCaller_seesOnlyItsServices() {
        apply(registered("web", "a"), registered("db", "x"));

        var visible = snapshot.visibleTo(callerOf("db"));
        assertThat(visible.services()).extracting(ServiceInstances::name).containsExactly("db");
        assertThat(visible.changesSince(AT)).hasSize(1);
    }

    @Test
    void derivedValue_isKeptWhileTheContentIsEqual() {
        apply(registered("web", "a"));
        var value = snapshot.derive(Object.class, _ -> new Object());

        assertThat(snapshot.at(99).derive(Object.class, _ -> new Object())).isSameAs(value);
        apply(registered("web", "b"));
        assertThat(snapshot.derive(Object.class, _ -> new Object())).isNotSameAs(value);
    }

    @Test
    void incrementalValue_isDerivedFromTheLastOneThatWasRequested() {
        apply(registered("web", "a"));
        assertThat(names(snapshot)).isEqualTo("web");
        apply(registered("db", "x"));
        apply(registered("app", "z"));

        assertThat(names(snapshot)).as("not requested in between").isEqualTo("web, app,db,web");
        assertThat(names(snapshot.at(99))).as("equal content").isEqualTo("web, app,db,web");
        apply(removed("db", "x"));
        assertThat(names(snapshot)).isEqualTo("web, app,db,web, app,web");
    }

    @Test
    void incrementalValue_ofAScopedCaller_isDerivedFromThatOfAllServicesAndStaysApart() {
        apply(registered("web", "a"), registered("db", "x"));
        names(snapshot);
        var visible = snapshot.visibleTo(callerOf("db"));

        assertThat(names(visible)).isEqualTo("db,web, db");
        apply(registered("app", "z"));
        assertThat(names(snapshot)).isEqualTo("db,web, app,db,web");
    }

    /** Appends the names of the services to those of the value before. */
    private static String names(RegistrySnapshot snapshot) {
        return snapshot.deriveIncrementally(String.class, (now, before) -> {
            var names = now.services().stream().map(ServiceInstances::name).collect(Collectors.joining(","));
            return before == null ? names : before + ", " + names;
        });
    }

    @Test
    void unchangedService_keepsItsObject() {
        apply(registered("web", "a"), registered("db", "x"));
        var web = snapshot.service("web");
        apply(registered("db", "y"));

        assertThat(snapshot.service("web")).isSameAs(web);
        assertThat(snapshot.service("db").find("x")).isNotNull();
        assertThat(snapshot.service("db").find("xx")).isNull();
    }

    private static Caller callerOf(String service) {
        return new Caller(
                "p",
                "viewer",
                "127.0.0.1",
                "rest",
                "r",
                null,
                null,
                new ServiceScope(List.of(service)),
                CredentialValidity.UNLIMITED);
    }

    private static InstanceView view(String service, String id) {
        return SampleInstance.of(service, id).view();
    }

    private InstanceView ofPosition(String id) {
        return snapshot.service("web").instances().stream()
                .filter(instance -> instance.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
