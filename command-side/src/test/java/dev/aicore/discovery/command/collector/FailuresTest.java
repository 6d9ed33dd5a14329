package dev.aicore.discovery.command.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.config.eventstore.StoreUnavailableException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void aFullDiskIsToldAsSuch() {
        var refused = StoreUnavailableException.nothingDone("away", new SQLException("no space left", "53100"));
        var explained = Failures.explain(
                new IllegalStateException(StoreUnavailableException.nothingDone("the append failed", refused)));

        assertThat(explained.code()).isEqualTo(ErrorCode.STORE_FULL);
        assertThat(explained.detail()).contains("nothing was done");
        assertThat(explained.retryAfter()).isNotNull();
    }

    @Test
    void whatWasNeverBegunIsNotCalledUnknown() {
        var explained = Failures.explain(
                StoreUnavailableException.nothingDone("away", new SQLException("too many clients", "53300")));

        assertThat(explained.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
        assertThat(explained.detail()).contains("nothing was done");
    }
}
