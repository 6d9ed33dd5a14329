package dev.aicore.discovery.readmodel.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceDocumentTest {

    private static final String STORE = "6f1c1f0e-0000-4000-8000-000000000001";
    private static final String MARK = "6f1c1f0e-0000-4000-8000-00000000000a";

    @Test
    void header_isReadFromBeginningOfDocument() {
        var header = new DocumentHeader(
                STORE, 999_999_999_999_999_999L, 1_795_000_000_000L, "2000:-170141183460469231731687");

        var document = header.document("[" + "{},".repeat(1_000) + "{}]");

        assertThat(DocumentHeader.of(document.substring(0, DocumentHeader.MAX_LENGTH)))
                .contains(header);
        assertThat(DocumentHeader.of(header.document(null))).contains(header);
    }

    @Test
    void epoch_roundTrips() {
        var cacheEpoch = new CacheEpoch(STORE, MARK, 17, 1_795_000_000_000L);

        assertThat(CacheEpoch.of(cacheEpoch.json())).contains(cacheEpoch);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "null", "{\"store\":\"x\",\"position\":1,\"at\":1,\"mark\":\"1:1\"}", "{\"store\":\""})
    void invalidText_isNeitherDocumentNorEpoch(String text) {
        assertThat(DocumentHeader.of(text)).isEmpty();
        assertThat(CacheEpoch.of(text)).isEmpty();
        assertThat(ServiceDocument.of(text, false)).isEmpty();
    }

    @Test
    void keyPattern_escapesPrefix() {
        var keys = new RedisKeys("a*[b]?\\^-:");

        assertThat(keys.services()).isEqualTo("a\\*\\[b\\]\\?\\\\\\^\\-:service:*");
        assertThat(keys.serviceOf(keys.service("web"))).isEqualTo("web");
        assertThat(keys.epoch()).isEqualTo("a*[b]?\\^-:epoch");
        assertThat(keys.changes()).isEqualTo("a*[b]?\\^-:changes");
    }
}
