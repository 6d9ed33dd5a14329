package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class OwnershipGuardTest {

    private long claim = 1;
    private int discarded;
    private boolean unreadable;
    private final OwnershipGuard ownershipGuard = new OwnershipGuard(this::requireOwnership, this::discard);

    private long requireOwnership() {
        if (claim == 0) {
            throw StoreUnavailableException.nothingDone("away", null);
        }
        return claim;
    }

    private void discard() {
        if (unreadable) {
            throw StoreUnavailableException.nothingDone("away", null);
        }
        discarded++;
    }

    @Test
    void begin_discardsOncePerClaim() {
        ownershipGuard.begin();
        ownershipGuard.begin();
        assertThat(discarded).isEqualTo(1);

        claim = 2;
        ownershipGuard.begin();
        assertThat(discarded).isEqualTo(2);
    }

    @Test
    void begin_ifDiscardingFails_isRepeated() {
        unreadable = true;
        assertCode(ownershipGuard::begin, ErrorCode.STORE_UNAVAILABLE);

        unreadable = false;
        ownershipGuard.begin();
        assertThat(discarded).isEqualTo(1);
    }

    @Test
    void begin_withoutOwnership_isRefused() {
        claim = 0;
        assertCode(ownershipGuard::begin, ErrorCode.STORE_UNAVAILABLE);
    }

    /** Tests that a decision from what was known before another node decided is never confirmed. */
    @Test
    void confirm_underLaterClaim_isRefused() {
        ownershipGuard.begin();
        ownershipGuard.confirm();

        claim = 2;
        assertCode(ownershipGuard::confirm, ErrorCode.STANDBY);
    }

    private static void assertCode(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
