package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.ShardSamples.NOON;
import static dev.aicore.discovery.command.shard.ShardSamples.TTL;
import static dev.aicore.discovery.command.shard.ShardSamples.after;
import static dev.aicore.discovery.command.shard.ShardSamples.by;
import static dev.aicore.discovery.command.shard.ShardSamples.declaration;
import static dev.aicore.discovery.command.shard.ShardSamples.expire;
import static dev.aicore.discovery.command.shard.ShardSamples.heartbeat;
import static dev.aicore.discovery.command.shard.ShardSamples.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.ShardCommand;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.instance.DeregisterInstance;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests with quotas of two instances per service and three per principal. */
class InstanceQuotaPolicyTest {

    private static final EventMetadata ANN = by("ann");

    private final ShardHarness shardHarness = new ShardHarness(
            CheckpointPolicy.DEFAULT,
            new ShardPolicies(
                    ShardHarness.LONE.leases(),
                    ShardHarness.LONE.cap(),
                    ShardHarness.LONE.damping(),
                    ShardHarness.LONE.breaker(),
                    new InstanceQuotaPolicy(2, 3, ShardHarness.free())));

    @Test
    void registration_beyondServiceQuota_isRefusedEvenWithinBatch() {
        shardHarness.ask(
                NOON, List.of(of("a", "orders", ANN), of("b", "orders", by("bob")), of("c", "orders", by("cem"))));
        assertThat(last())
                .isEqualTo(new Outcome.Refused(
                        ErrorCode.QUOTA_EXCEEDED,
                        "The service 'orders' has 2 instances, and quotas.per_service is 2.",
                        List.of(new FieldError("name", "has reached its quota", 2, "less than 2"))));
        assertThat(ask(after(1), new DeregisterInstance("a", ANN))).isInstanceOf(Outcome.Deregistered.class);
        assertThat(ask(after(2), of("c", "orders", by("cem")))).isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void registration_beyondPrincipalQuota_isRefusedExceptForAnonymous() {
        for (var id : List.of("a", "b", "c")) {
            assertThat(ask(NOON, of(id, "of-" + id, ANN))).isInstanceOf(Outcome.Stored.class);
        }
        assertThat(ask(NOON, of("d", "of-d", ANN)))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.detail())
                                .isEqualTo("The principal 'ann' has 3 instances, and quotas.per_principal is 3."));
        for (int i = 0; i < 5; i++) {
            assertThat(ask(NOON, of("n" + i, "of-n" + i, by("anonymous")))).isInstanceOf(Outcome.Stored.class);
        }
    }

    @Test
    void quota_doesNotApplyToUpdateOrRevival() {
        shardHarness.ask(NOON, List.of(of("a", "orders", ANN), of("b", "orders", ANN), of("c", "billing", ANN)));
        assertThat(ask(after(1), register("a", declaration("orders", 7, TTL, null), ANN)))
                .isInstanceOf(Outcome.Stored.class);
        ask(after(TTL + 1), expire(after(TTL + 1), "b"));
        ask(after(200), expire(after(200), "b"));
        assertThat(shardHarness.state.find("b")).isNull();
        assertThat(ask(after(201), of("d", "orders", ANN))).isInstanceOf(Outcome.Stored.class);
        assertThat(ask(after(202), heartbeat("b"))).isInstanceOf(Outcome.Renewed.class);
        assertThat(shardHarness.state.usage.instancesOf("ann")).isEqualTo(4);
    }

    private static ShardCommand of(String id, String service, EventMetadata metadata) {
        return register(id, declaration(service, 100, TTL, null), metadata);
    }

    private Outcome ask(Instant at, ShardCommand command) {
        shardHarness.ask(at, List.of(command));
        return last();
    }

    private Outcome last() {
        return shardHarness.answered.getLast().settled().outcome();
    }
}
