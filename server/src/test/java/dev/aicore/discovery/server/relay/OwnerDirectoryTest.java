package dev.aicore.discovery.server.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.time.ManualTimeSource;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeAddress;
import dev.aicore.discovery.eventstore.NodeAddressStore.NodeLook;
import dev.aicore.discovery.eventstore.NodeAddressStore.OwnerAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OwnerDirectoryTest {

    private static final NodeAddress SELF = new NodeAddress("self", "http://self:8080", "own secret", null);
    private static final NodeAddress OTHER = new NodeAddress("other", "http://other:8080", "secret", null);
    private static final NodeAddress THIRD = new NodeAddress("third", "http://third:8080", "secret", null);

    private final AtomicBoolean isOwner = new AtomicBoolean();
    private final List<NodeAddress> published = new ArrayList<>();
    private final AtomicInteger announced = new AtomicInteger();
    private final ManualTimeSource time = ManualTimeSource.atNoon();
    private final OwnerDirectory directory =
            new OwnerDirectory(isOwner::get, published::add, announced::incrementAndGet, time);

    @Test
    void look_withoutOwnAddress_publishesIt() {
        directory.onLook(new NodeLook(null, null, 0), SELF);
        assertThat(published).containsExactly(SELF);
        directory.onLook(new NodeLook(SELF, null, 0), SELF);
        assertThat(published).containsExactly(SELF);
    }

    /** Each publication wakes the other process, which publishes its own address again. */
    @Test
    void address_ofTwoProcessesWithOneName_isPublishedOnceASecond() {
        var earlier = new NodeAddress("self", "http://earlier:8080", "another secret", null);
        for (int i = 0; i < 3; i++) {
            directory.onLook(new NodeLook(earlier, null, 0), SELF);
        }
        assertThat(published).containsExactly(SELF);

        time.pass(Duration.ofSeconds(1));
        directory.onLook(new NodeLook(earlier, null, 0), SELF);
        assertThat(published).containsExactly(SELF, SELF);
    }

    @Test
    void owner_isKnownWhileItsLeaseLasts() {
        look(OTHER, 1);
        assertThat(Objects.requireNonNull(directory.owner()).address()).isEqualTo(OTHER);
        look(OTHER, 0);
        assertThat(directory.owner()).isNull();
        look(OTHER, 1);
        assertThat(directory.owner()).isNotNull();
        look(SELF, 1);
        assertThat(directory.owner()).isNull();
    }

    /** A paused owner answers nothing. Only another owner ends the wait for its answers. */
    @Test
    void owner_isLostOnceAnotherNodeOwns() {
        look(OTHER, 1);
        var lost = Objects.requireNonNull(directory.owner()).lost().toFuture();
        look(OTHER, 0);
        assertThat(lost).isNotDone();
        look(THIRD, 1);
        assertThat(lost).isDone();
    }

    @Test
    void nextChange_completesAtEachLook() {
        var first = directory.nextChange().toFuture();
        assertThat(first).isNotDone();
        look(OTHER, 1);
        assertThat(first).isDone();
        assertThat(directory.nextChange().toFuture()).isNotDone();
    }

    @Test
    void owned_wakesHeldWritesHereAndAnnouncesIt() {
        look(OTHER, 1);
        var lost = Objects.requireNonNull(directory.owner()).lost().toFuture();
        var change = directory.nextChange().toFuture();
        isOwner.set(true);

        directory.owned();

        assertThat(change).isDone();
        assertThat(lost).isDone();
        assertThat(directory.owner()).isNull();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(announced).hasValue(1));
    }

    private void look(NodeAddress owner, long leaseMillis) {
        directory.onLook(new NodeLook(SELF, new OwnerAddress(owner, leaseMillis > 0), leaseMillis), SELF);
    }
}
