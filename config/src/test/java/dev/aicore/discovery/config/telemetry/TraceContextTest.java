package dev.aicore.discovery.config.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String HEADER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void header_isReadAndWritten() {
        assertThat(TraceContext.parse(HEADER))
                .isEqualTo(new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", true))
                .extracting(TraceContext::traceParent)
                .isEqualTo(HEADER);
    }

    @Test
    void header_withoutSampledFlag_isNotSampled() {
        var header = HEADER.substring(0, 53) + "00";
        assertThat(TraceContext.parse(header))
                .extracting(TraceContext::sampled, TraceContext::traceParent)
                .containsExactly(false, header);
    }

    @Test
    void header_ofLaterVersion_mayHaveMore() {
        assertThat(TraceContext.parse("01" + HEADER.substring(2) + "-more")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"
            })
    void malformedHeader_isIgnored(String header) {
        assertThat(TraceContext.parse(header)).isNull();
    }
}
