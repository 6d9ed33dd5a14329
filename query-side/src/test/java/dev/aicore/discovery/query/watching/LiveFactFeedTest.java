package dev.aicore.discovery.query.watching;

import static dev.aicore.discovery.query.testing.LiveFactSamples.group;
import static dev.aicore.discovery.query.testing.LiveFactSamples.observations;
import static dev.aicore.discovery.query.testing.LiveFactSamples.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.aicore.discovery.config.time.ManualTimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveFactFeedTest {

    private static final Duration VALIDITY = Duration.ofMillis(1_500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ManualTimeSource time = new ManualTimeSource(Instant.EPOCH);
    private final RecentFactBuffer recent = new RecentFactBuffer(1_000, 1_000_000);
    private final LiveFactFeed live = new LiveFactFeed(recent, time, VALIDITY);
    private final CopyOnWriteArrayList<String> changed = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        live.listen(changed::add);
        live.start();
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void appendedGroup_isPublishedBeforePositionIsReached() {
        live.onAppended(group(8, registered("web", "a"), registered("db", "b")));

        live.awaitPosition(9).block(PATIENCE);

        assertThat(changed).containsExactlyInAnyOrder("web", "db");
        assertThat(recent.after("web", 7).orElseThrow().facts()).hasSize(1);
        assertThat(live.isLive()).isTrue();
    }

    @Test
    void observations_advancePositionOnly() {
        live.onAppended(group(1, registered("web", "a")));
        live.onAppended(observations(2));

        live.awaitPosition(2).block(PATIENCE);

        assertThat(changed).containsExactly("web");
        assertThat(live.appendedPosition()).isEqualTo(2);
        assertThat(live.appendedFactPosition()).isEqualTo(1);
    }

    @Test
    void gap_clearsEarlierFacts() {
        live.onAppended(group(1, registered("web", "a")));
        live.onAppended(group(5, registered("web", "b")));

        live.awaitPosition(5).block(PATIENCE);

        assertThat(recent.after("web", 3)).isEmpty();
        assertThat(recent.after("web", 4).orElseThrow().facts()).hasSize(1);
    }

    @Test
    void feed_withoutConfirmation_isNotLive() {
        live.onAppended(group(1, registered("web", "a")));
        live.awaitPosition(1).block(PATIENCE);
        time.pass(VALIDITY);
        assertThat(live.isLive()).isTrue();

        time.pass(Duration.ofMillis(1));
        assertThat(live.isLive()).isFalse();

        live.onConfirmed(1);
        await().until(live::isLive);
        assertThat(recent.after("web", 0)).isPresent();
    }

    @Test
    void confirmationOfOtherPosition_clearsEarlierFacts() {
        live.onAppended(group(1, registered("web", "a")));
        live.onConfirmed(3);

        live.awaitPosition(3).block(PATIENCE);

        assertThat(recent.after("web", 2)).isEmpty();
    }

    /** Tests that what another node has appended isn't taken for heartbeats, which change nothing. */
    @Test
    void eventsOfOtherNode_countAsFacts() {
        live.onAppended(group(1, registered("web", "a")));
        live.onConfirmed(3);
        assertThat(live.appendedFactPosition()).isEqualTo(3);

        live.onAppended(observations(4));
        live.onConfirmed(4);
        assertThat(live.appendedFactPosition()).isEqualTo(3);

        live.onAppended(observations(7));
        assertThat(live.appendedFactPosition()).isEqualTo(6);
    }

    @Test
    void outage_suspendsFeedUntilNextConfirmation() {
        live.onAppended(group(1, registered("web", "a")));
        live.onOutage("away");
        await().until(() -> !live.isLive());

        live.onConfirmed(1);

        await().until(live::isLive);
    }

    @Test
    void queueOverflow_isDetectedAndClearsEarlierFacts() throws InterruptedException {
        var held = new CountDownLatch(1);
        var holding = new CountDownLatch(1);
        live.listen(service -> {
            holding.countDown();
            try {
                var _ = held.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        live.onAppended(group(1, registered("web", "a")));
        holding.await();
        for (int position = 2; position < 6_000; position++) {
            live.onAppended(observations(position));
        }
        held.countDown();
        live.onAppended(group(6_000, registered("web", "b")));
        await().untilAsserted(() -> {
            live.onAppended(group(6_001, registered("web", "c")));
            assertThat(live.position()).isGreaterThan(6_000);
        });

        assertThat(recent.after("web", 1)).isEmpty();
    }
}
