package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.Samples.NOON;
import static dev.aicore.discovery.command.shard.Samples.TTL;
import static dev.aicore.discovery.command.shard.Samples.by;
import static dev.aicore.discovery.command.shard.Samples.declaration;
import static dev.aicore.discovery.command.shard.Samples.expire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceRemoved;
import dev.aicore.discovery.api.instance.LeaseExpired;
import dev.aicore.discovery.api.shard.GrantGrace;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Listening;
import dev.aicore.discovery.api.shard.Listening.Gap;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RegisterInstance;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A registry that pauses again and again, each time before the grace of the last pause is over. */
class GraceBoundTest {

    private static final Duration APART = Duration.ofSeconds(TTL).minusSeconds(1);

    private final Play play = new Play(Checkpointing.USUAL);
    private final List<Gap> gaps = new ArrayList<>();
    private Instant now = NOON;

    GraceBoundTest() {
        ask(new RegisterInstance("a", declaration("orders", 100, TTL, null), Health.HEALTHY, by("ann")));
    }

    @Test
    void afterThreeTimesItsTtlInWhichItCouldBeHeardItExpiresHoweverManyPausesThereWere() {
        for (int pause = 0; pause < 20; pause++) {
            pauseAndListen(Duration.ofSeconds(2));
        }

        var expired = only(LeaseExpired.class);
        var deaf = gaps.stream()
                .filter(gap -> gap.end() <= expired.expiredAt().toEpochMilli())
                .mapToLong(gap -> gap.end() - gap.start())
                .sum();
        var heardFor = Duration.between(NOON, expired.expiredAt()).minusMillis(deaf);
        assertThat(heardFor).isBetween(Duration.ofSeconds(3L * TTL), Duration.ofSeconds(4L * TTL));
        assertThat(expired.silentSince()).isEqualTo(NOON);
    }

    @Test
    void whatIsGoneIsRemovedHoweverManyPausesThereAre() {
        now = now.plusSeconds(TTL);
        ask(expire(now, "a"));
        only(LeaseExpired.class);
        for (int pause = 0; pause < 60; pause++) {
            pauseAndListen(Duration.ofSeconds(2), Samples.GRACE_PERIOD.minusSeconds(1));
        }
        only(InstanceRemoved.class);
    }

    @Test
    void oneThatCouldHardlyBeHeardHasItsWholeTtlAfterEachPause() {
        for (int pause = 0; pause < 20; pause++) {
            gap(Duration.ofMinutes(10));
            ask(new GrantGrace("store_outage", "The store was away."));
            now = now.plusMillis(500);
            ask(expire(now, "a"));
        }
        assertThat(play.events).noneMatch(LeaseExpired.class::isInstance);
        now = now.plusSeconds(TTL);
        ask(expire(now, "a"));
        only(LeaseExpired.class);
    }

    /** The wheel asks when the answer to a grace says so: it must say when the bound is reached. */
    @Test
    void theAnswerToAGraceSaysWhenTheBoundIsReached() {
        pauseAndListen(Duration.ofSeconds(2));
        pauseAndListen(Duration.ofSeconds(2));
        pauseAndListen(Duration.ofSeconds(2));
        ask(new GrantGrace("pause", "It stood still."));
        var leases = (Outcome.Leases) play.answered.getLast().settled().outcome();
        assertThat(leases.leases().getFirst().dueAt())
                .isEqualTo(NOON.plusSeconds(3L * TTL + 6).toEpochMilli());
    }

    private void pauseAndListen(Duration pause) {
        pauseAndListen(pause, APART);
    }

    private void pauseAndListen(Duration pause, Duration listening) {
        gap(pause);
        ask(new GrantGrace("pause", "It stood still."));
        now = now.plus(listening);
        ask(expire(now, "a"));
    }

    private void gap(Duration pause) {
        gaps.add(new Gap(now.toEpochMilli(), now.plus(pause).toEpochMilli()));
        now = now.plus(pause);
    }

    private void ask(Item item) {
        play.ask(now, List.of(item), new Listening(NOON.toEpochMilli(), gaps));
    }

    private <T> T only(Class<T> event) {
        assertThat(play.events).filteredOn(event::isInstance).hasSize(1);
        return event.cast(
                play.events.stream().filter(event::isInstance).findFirst().orElseThrow());
    }
}
