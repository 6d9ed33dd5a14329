package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.Samples.NOON;
import static dev.aicore.discovery.command.shard.Samples.TTL;
import static dev.aicore.discovery.command.shard.Samples.after;
import static dev.aicore.discovery.command.shard.Samples.by;
import static dev.aicore.discovery.command.shard.Samples.declaration;
import static dev.aicore.discovery.command.shard.Samples.expire;
import static dev.aicore.discovery.command.shard.Samples.heartbeat;
import static dev.aicore.discovery.command.shard.Samples.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.shard.DeregisterInstance;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two instances of a service, three of a principal. */
class QuotasTest {

    private static final Envelope ANN = by("ann");

    private final Play play = new Play(
            Checkpointing.USUAL,
            new Rules(
                    Play.LONE.leases(),
                    Play.LONE.cap(),
                    Play.LONE.damping(),
                    Play.LONE.breaker(),
                    new Quotas(2, 3, Play.free())));

    @Test
    void oneMoreOfAServiceIsRefusedEvenInTheSameBatch() {
        play.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", by("bob")), of("c", "orders", by("cem"))));
        assertThat(last())
                .isEqualTo(new Outcome.Refused(
                        ErrorCode.QUOTA_EXCEEDED,
                        "The service 'orders' has 2 instances here, and quotas.per_service is 2.",
                        List.of(new FieldError("name", "has as many instances as it may", 2, "less than 2"))));
        assertThat(ask(after(1), new DeregisterInstance("a", ANN))).isInstanceOf(Outcome.Deregistered.class);
        assertThat(ask(after(2), of("c", "orders", by("cem")))).isInstanceOf(Outcome.Held.class);
    }

    @Test
    void oneMoreOfAPrincipalIsRefusedAndNobodyInParticularHasNoBound() {
        for (var id : List.of("a", "b", "c")) {
            assertThat(ask(NOON, of(id, "of-" + id, ANN))).isInstanceOf(Outcome.Held.class);
        }
        assertThat(ask(NOON, of("d", "of-d", ANN)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.detail())
                                .isEqualTo("The principal 'ann' has 3 instances here, and quotas.per_principal is 3."));
        for (int i = 0; i < 5; i++) {
            assertThat(ask(NOON, of("n" + i, "of-n" + i, by("anonymous")))).isInstanceOf(Outcome.Held.class);
        }
    }

    @Test
    void whatIsThereIsDeclaredAnewAndWhatWasThereComesBack() {
        play.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", ANN), of("c", "billing", ANN)));
        assertThat(ask(after(1), register("a", declaration("orders", 7, TTL, null), ANN)))
                .isInstanceOf(Outcome.Held.class);
        ask(after(TTL + 1), expire(after(TTL + 1), "b"));
        ask(after(200), expire(after(200), "b"));
        assertThat(play.state.find("b")).isNull();
        assertThat(ask(after(201), of("d", "orders", ANN))).isInstanceOf(Outcome.Held.class);
        assertThat(ask(after(202), heartbeat("b"))).isInstanceOf(Outcome.Renewed.class);
        assertThat(play.state.usage.instancesOf("ann")).isEqualTo(4);
    }

    private static Item of(String id, String service, Envelope by) {
        return register(id, declaration(service, 100, TTL, null), by);
    }

    private Outcome ask(Instant at, Item item) {
        play.ask(at, List.of(item));
        return last();
    }

    private Outcome last() {
        return play.answered.getLast().settled().outcome();
    }
}
