package dev.aicore.discovery.command.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.eventstore.IdempotencyStore.IdempotencyKey;
import org.junit.jupiter.api.Test;

class InFlightKeysTest {

    private final InFlightKeys keys = new InFlightKeys(2, 2);

    @Test
    void begin_beyondTotalLimit_isRefusedUntilKeyEnds() {
        keys.begin(key("a"));
        keys.begin(key("b"));

        assertThatThrownBy(() -> keys.begin(key("c")))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED));

        keys.end(key("a"));
        keys.begin(key("c"));
        assertThatThrownBy(() -> keys.begin(key("a"))).isInstanceOf(RegistryException.class);
    }

    @Test
    void begin_beyondShareOfPrincipal_isRefused() {
        var shared = new InFlightKeys(3, 2);
        shared.begin(key("a"));
        shared.begin(key("b"));
        assertThatThrownBy(() -> shared.begin(key("c")))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED));

        shared.begin(new IdempotencyKey("bob", "c", "00"));
        shared.end(key("a"));
        shared.end(new IdempotencyKey("bob", "c", "00"));
        shared.begin(key("c"));
    }

    private static IdempotencyKey key(String name) {
        return new IdempotencyKey("alice", name, "00");
    }
}
