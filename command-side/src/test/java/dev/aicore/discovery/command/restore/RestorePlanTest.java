package dev.aicore.discovery.command.restore;

import static dev.aicore.discovery.api.testing.DeclarationBuilder.aDeclaration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.Outcome.Restored.RestoredInstance;
import dev.aicore.discovery.api.instance.AdminState;
import dev.aicore.discovery.api.instance.UpdateInstance;
import dev.aicore.discovery.command.restore.ServiceComparison.DeclaredInstance;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RestorePlanTest {

    private static final DeclaredInstance A = known("a", 100, AdminState.ACTIVE, "a1");
    private static final DeclaredInstance B = known("b", 100, AdminState.ACTIVE, "b1");
    private static final DeclaredInstance C = known("c", 100, AdminState.ACTIVE, "c1");

    @Test
    void plan_listsMissingChangedAndAddedInstances() {
        var plan = plan(
                List.of(A, B, C, known("d", 100, AdminState.ACTIVE, "d1")),
                List.of(
                        known("b", 7, AdminState.ACTIVE, "b2"),
                        C,
                        known("d", 100, AdminState.MAINTENANCE, "d2"),
                        known("e", 1, AdminState.ACTIVE, "e1")));

        assertThat(plan.steps().stream()
                        .map(restoreStep -> restoreStep.id() + " "
                                + restoreStep.difference().jsonName()))
                .containsExactly("a missing", "b changed", "d changed", "e added");
        assertThat(plan.point().same()).isEqualTo(1);
        assertThat(plan.steps()).filteredOn(step -> step.isDue(false)).hasSize(1);
        assertThat(plan.steps()).filteredOn(step -> step.isDue(true)).hasSize(4);
    }

    @Test
    void equalDeclaration_withDifferentETag_needsNoStep() {
        assertThat(plan(List.of(A), List.of(known("a", 100, AdminState.ACTIVE, "a9")))
                        .steps())
                .isEmpty();
    }

    @Test
    void expiredInstance_needsNoStep() {
        var expired = new DeclaredInstance(A.id(), A.owner(), A.declaration(), A.declared(), true, A.tag());

        assertThat(plan(List.of(expired), List.of()).steps()).isEmpty();
        assertThat(plan(List.of(expired), List.of(A)).steps()).isEmpty();
    }

    @Test
    void preview_ofIdOfOtherService_reportsNameImmutable() {
        var taken = known("taken", 100, AdminState.ACTIVE, "t1");

        assertThat(plan(List.of(A, taken), List.of()).preview(false).instances())
                .extracting(RestoredInstance::id, RestoredInstance::came)
                .containsExactly(tuple("a", "restored"), tuple("taken", "name_immutable"));
    }

    /** An instance that expired in maintenance would be revived in maintenance. */
    @Test
    void missingInstance_isRestoredWithAdminState() {
        var metadata = EventMetadata.ofRegistry("rest");
        var changes = plan(List.of(A), List.of()).steps().getFirst().changes(metadata);

        assertThat(changes)
                .hasSize(2)
                .last()
                .isInstanceOfSatisfying(
                        UpdateInstance.class,
                        update -> assertThat(update.declared()).isEqualTo(AdminState.ACTIVE));
    }

    @Test
    void token_dependsOnInstancesAndSteps() {
        var token = plan(List.of(A, B), List.of(B)).point().token();

        assertThat(plan(List.of(A, B), List.of(B)).point().token())
                .isEqualTo(token)
                .hasSize(32);
        assertThat(plan(List.of(A, B), List.of(A)).point().token()).isNotEqualTo(token);
        assertThat(plan(List.of(A, B), List.of(B, C)).point().token()).isNotEqualTo(token);
        assertThat(plan(List.of(A, B), List.of(known("b", 7, AdminState.ACTIVE, "b2")))
                        .point()
                        .token())
                .isNotEqualTo(plan(List.of(A, B), List.of(known("b", 7, AdminState.ACTIVE, "b3")))
                        .point()
                        .token());
    }

    private static RestorePlan plan(List<DeclaredInstance> then, List<DeclaredInstance> now) {
        return RestorePlan.of("web", new ServiceComparison(90, 50, Instant.EPOCH, then, now, Set.of("taken")));
    }

    static DeclaredInstance known(String id, int weight, AdminState adminState, String tag) {
        return new DeclaredInstance(
                id, "alice", aDeclaration("web").weight(weight).build(), adminState, false, tag);
    }
}
