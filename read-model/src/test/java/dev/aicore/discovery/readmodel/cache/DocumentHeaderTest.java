package dev.aicore.discovery.readmodel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentHeaderTest {

    private static final String STORE = "6f1c1f0e-0000-4000-8000-000000000001";
    private static final String MARK = "6f1c1f0e-0000-4000-8000-00000000000a";

    @Test
    void header_roundTrips() {
        var header = new DocumentHeader(
                STORE, "2000:-170141183460469231731687", 999_999_999_999_999_999L, 1_795_000_000_000L);

        assertThat(DocumentHeader.of(header.fields())).contains(header);
    }

    @Test
    void epoch_roundTrips() {
        var cacheEpoch = new CacheEpoch(STORE, MARK, 17, 1_795_000_000_000L);

        assertThat(CacheEpoch.of(cacheEpoch.fields())).contains(cacheEpoch);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "17, ''", "'', 17", "17, 1e3", "17.0, 17", "99999999999999999999, 17"})
    void missingOrInvalidNumber_isNeitherHeaderNorEpoch(String position, String at) {
        var fields = List.of(STORE, MARK, position, at);

        assertThat(DocumentHeader.of(fields)).isEmpty();
        assertThat(CacheEpoch.of(fields)).isEmpty();
    }

    @Test
    void keyPattern_escapesPrefix() {
        var keys = new RedisKeys("a*[b]?\\^-:");

        assertThat(keys.services()).isEqualTo("a\\*\\[b\\]\\?\\\\\\^\\-:v2:service:*");
        assertThat(keys.serviceOf(keys.service("web"))).isEqualTo("web");
        assertThat(keys.epoch()).isEqualTo("a*[b]?\\^-:v2:epoch");
        assertThat(keys.changes()).isEqualTo("a*[b]?\\^-:changes");
    }
}
