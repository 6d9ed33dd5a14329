package dev.aicore.discovery.command.shard;

import static dev.aicore.discovery.command.shard.Samples.NOON;
import static dev.aicore.discovery.command.shard.Samples.after;
import static dev.aicore.discovery.command.shard.Samples.by;
import static dev.aicore.discovery.command.shard.Samples.declaration;
import static dev.aicore.discovery.command.shard.Samples.register;
import static dev.aicore.discovery.command.shard.Samples.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.instance.Declared;
import dev.aicore.discovery.api.instance.Health;
import dev.aicore.discovery.api.instance.InstanceAdopted;
import dev.aicore.discovery.api.shard.Item;
import dev.aicore.discovery.api.shard.ObservationKind;
import dev.aicore.discovery.api.shard.Outcome;
import dev.aicore.discovery.api.shard.RegisterInstance;
import dev.aicore.discovery.api.shard.RenewLease;
import dev.aicore.discovery.api.shard.RenewLeases;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdoptionTest {

    private static final Envelope NOBODY = by("anonymous", "admin");
    private static final Envelope ANN = by("ann");
    private static final Envelope ROOT = by("root", "admin");

    private final Play play = new Play(Checkpointing.USUAL, Play.LONE);

    AdoptionTest() {
        play.ask(NOON, List.of(register("a", declaration(100), NOBODY)));
    }

    static Stream<Item> writes() {
        return Stream.of(
                register("a", declaration(100), ANN),
                register("a", declaration(50), ANN),
                update("a", "{\"weight\":50}", null, ANN),
                update("a", "{}", Declared.ACTIVE, ANN),
                new RenewLease("a", ObservationKind.RENEWED, NOON.toEpochMilli(), ANN),
                new RenewLeases(List.of("a"), NOON.toEpochMilli(), ANN),
                register("a", declaration(100), by("ann", "admin")));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void whatNobodyRegisteredBelongsToTheFirstWhoWritesIt(Item write) {
        play.ask(after(1), List.of(write));
        assertThat(play.events).contains(adopted(write));
        assertThat(play.state.get("a").owner).isEqualTo("ann");
        assertThat(play.state.usage.instancesOf("anonymous")).isZero();
        assertThat(play.state.usage.instancesOf("ann")).isEqualTo(1);
        play.ask(after(2), List.of(update("a", "{\"weight\":1}", null, by("bob"))));
        assertThat(last())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OWNED_BY_ANOTHER));
    }

    @Test
    void anAdminWhoChangesItOrBringsItBackTakesItFromNobody() {
        play.ask(after(1), List.of(update("a", "{\"weight\":50}", null, ROOT)));
        play.ask(
                after(2),
                List.of(new RegisterInstance("a", declaration(100), Health.HEALTHY, false, "anonymous", ROOT)));
        play.ask(after(3), List.of(register("a", declaration(100), NOBODY)));
        assertThat(play.events).noneMatch(InstanceAdopted.class::isInstance);
        assertThat(play.state.get("a").owner).isEqualTo("anonymous");
    }

    @Test
    void whatSomebodyOwnsStaysTheirs() {
        play.ask(after(1), List.of(register("b", declaration(100), ANN), register("b", declaration(100), by("bob"))));
        assertThat(last()).isInstanceOf(Outcome.Refused.class);
        assertThat(play.state.get("b").owner).isEqualTo("ann");
    }

    private static InstanceAdopted adopted(Item write) {
        var by = write instanceof RegisterInstance register ? register.envelope() : ANN;
        return new InstanceAdopted("a", "orders", "ann", "anonymous", after(1), by);
    }

    private Outcome last() {
        return play.answered.getLast().settled().outcome();
    }
}
