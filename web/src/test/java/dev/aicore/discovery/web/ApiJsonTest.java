package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApiJsonTest {
    enum State {
        HALF_OPEN
    }

    record View(
            String serviceName,
            State state,
            Instant seenAt,
            @Nullable String zone,
            boolean active,
            Map<String, State> byName) {}

    @Test
    void view_isWrittenInApiFormat() {
        Map<String, State> map = new LinkedHashMap<>();
        map.put("keptAsIs", State.HALF_OPEN);

        String json = ApiJson.mapper()
                .writeValueAsString(
                        new View("a", State.HALF_OPEN, Instant.parse("2026-11-23T12:00:00.123999Z"), null, true, map));

        assertThat(json)
                .isEqualTo("{\"service_name\":\"a\",\"state\":\"half_open\",\"seen_at\":\"2026-11-23T12:00:00.123Z\","
                        + "\"active\":true,\"by_name\":{\"keptAsIs\":\"half_open\"}}");
    }

    @Test
    void instant_ofWholeSecond_hasMilliseconds() {
        assertThat(ApiJson.format(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000Z");
    }

    @Test
    void apiResponse_isEnvelopeWithMetadata() {
        String json = ApiJson.mapper()
                .writeValueAsString(ApiResponse.of("x", 7, Instant.EPOCH).next("c"));

        assertThat(json)
                .isEqualTo("{\"success\":true,\"data\":\"x\",\"meta\":{\"position\":7,"
                        + "\"at\":\"1970-01-01T00:00:00.000Z\",\"next_cursor\":\"c\"}}");
    }

    @Test
    void apiResponse_hasPositionHeader() {
        assertThat(ApiResponse.ok("x", 7, Instant.EPOCH).getHeaders().getFirst("X-Registry-Position"))
                .isEqualTo("7");
    }
}
