package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.query.testing.LiveFactSamples.AT;
import static dev.aicore.discovery.query.testing.LiveFactSamples.expired;
import static dev.aicore.discovery.query.testing.LiveFactSamples.registered;
import static dev.aicore.discovery.query.testing.LiveFactSamples.removed;
import static dev.aicore.discovery.query.testing.LiveFactSamples.revived;
import static dev.aicore.discovery.query.testing.LiveFactSamples.weighed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.InstanceFact;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.query.watching.RecentFactBuffer.LiveFact;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class InstanceViewFoldTest {

    private final InstanceViewFold fold = new InstanceViewFold(true);

    @Test
    void registration_createsInstance() {
        var change = fold.change(null, at(3, registered("web", "a"))).orElseThrow();

        assertThat(change.type()).isEqualTo(InstanceChangeView.Type.REGISTERED);
        assertThat(change.position()).isEqualTo(3);
        var instance = Objects.requireNonNull(change.instance());
        assertThat(instance.status()).isEqualTo(InstanceStatus.HEALTHY);
        assertThat(instance.owner()).isEqualTo("alice");
        assertThat(instance.declarationVersion()).isEqualTo(1);
        assertThat(instance.position()).isEqualTo(3);
    }

    @Test
    void update_changesDeclaredFieldsOnly() {
        var before = Objects.requireNonNull(
                fold.change(null, at(3, registered("web", "a"))).orElseThrow().instance());

        var change = fold.change(before, at(4, weighed("web", "a", 7))).orElseThrow();

        assertThat(change.type()).isEqualTo(InstanceChangeView.Type.CHANGED);
        var after = Objects.requireNonNull(change.instance());
        assertThat(after.weight()).isEqualTo(7);
        assertThat(after.declarationVersion()).isEqualTo(2);
        assertThat(after.owner()).isEqualTo("alice");
        assertThat(after.registeredAt()).isEqualTo(before.registeredAt());
    }

    @Test
    void expiryAndRevival_changeLease() {
        var before = Objects.requireNonNull(
                fold.change(null, at(3, registered("web", "a"))).orElseThrow().instance());
        var silent = Objects.requireNonNull(
                fold.change(before, at(4, expired("web", "a"))).orElseThrow().instance());
        assertThat(silent.lease()).isEqualTo(LeaseState.EXPIRED);

        var heard = Objects.requireNonNull(
                fold.change(silent, at(5, revived("web", "a"))).orElseThrow().instance());

        assertThat(heard.lease()).isEqualTo(LeaseState.LIVE);
        assertThat(heard.weight()).isEqualTo(7);
    }

    @Test
    void removal_containsReason() {
        var change = fold.change(null, at(5, removed("web", "a"))).orElseThrow();

        assertThat(change.type()).isEqualTo(InstanceChangeView.Type.GONE);
        assertThat(change.reason()).isEqualTo("removed");
        assertThat(change.instance()).isNull();
    }

    @Test
    void revivalOrUpdate_ofMissingInstance_yieldsNoChange() {
        assertThat(fold.change(null, at(6, revived("web", "a")))).isEmpty();
        assertThat(fold.change(null, at(6, weighed("web", "a", 7)))).isEmpty();
    }

    private static LiveFact at(long position, InstanceFact fact) {
        return new LiveFact(fact, position, AT, 10);
    }
}
