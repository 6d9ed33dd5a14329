package dev.aicore.discovery.api.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.wire.WireTypes;
import dev.aicore.discovery.api.wire.WireTypes.WireType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActionTypeTest {

    /** Wire names of events that are not in the audit: those about the store itself, and observations. */
    private static final List<String> NOT_TOLD = List.of("ShardOpened", "ShardCheckpointed", "O");

    @Test
    void everyAuditedFact_hasOneAction() {
        var facts = WireTypes.ALL.stream()
                .map(WireType::name)
                .filter(name -> !NOT_TOLD.contains(name))
                .toList();

        assertThat(facts).allSatisfy(fact -> assertThat(ActionType.of(fact)).isNotEqualTo(ActionType.OTHER));
        assertThat(ActionType.byJsonName().values().stream()
                        .flatMap(actionType -> actionType.types().stream())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(facts);
    }

    @Test
    void action_isFoundByWord() {
        assertThat(ActionType.byJsonName())
                .containsEntry("expire", ActionType.EXPIRE)
                .doesNotContainKey("other");
        assertThat(ActionType.EXPIRE.types()).containsExactlyInAnyOrder("LeaseExpired", "LeaseOverdue");
        assertThat(ActionType.of("FromTheFuture")).isEqualTo(ActionType.OTHER);
    }
}
