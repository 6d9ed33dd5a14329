package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.eventstore.StoreUnavailableException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class CommandErrorsTest {

    @Test
    void explain_ofFullDisk_returnsStoreFull() {
        var refused = StoreUnavailableException.nothingDone("away", new SQLException("no space left", "53100"));
        var explained = CommandErrors.toRegistryException(
                new IllegalStateException(StoreUnavailableException.nothingDone("the append failed", refused)));

        assertThat(explained.code()).isEqualTo(ErrorCode.STORE_FULL);
        assertThat(explained.detail()).contains("nothing was done");
        assertThat(explained.retryAfter()).isNotNull();
    }

    @Test
    void explain_ofTooManyConnections_statesThatNothingWasDone() {
        var explained = CommandErrors.toRegistryException(
                StoreUnavailableException.nothingDone("away", new SQLException("too many clients", "53300")));

        assertThat(explained.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(explained.detail()).contains("nothing was done");
    }
}
