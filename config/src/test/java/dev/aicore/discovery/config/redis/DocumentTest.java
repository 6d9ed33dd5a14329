package dev.aicore.discovery.config.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentTest {

    private static final String STORE = "6f1c1f0e-0000-4000-8000-000000000001";
    private static final String MARK = "6f1c1f0e-0000-4000-8000-00000000000a";

    @Test
    void aHeadIsReadFromTheBeginningOfItsDocument() {
        var head =
                new DocumentHead(STORE, 999_999_999_999_999_999L, 1_795_000_000_000L, "2000:-170141183460469231731687");

        var document = head.document("[" + "{},".repeat(1_000) + "{}]");

        assertThat(DocumentHead.of(document.substring(0, DocumentHead.LONGEST))).contains(head);
        assertThat(DocumentHead.of(head.document(null))).contains(head);
    }

    @Test
    void anEpochIsReadAsItWasWritten() {
        var epoch = new Epoch(STORE, MARK, 17, 1_795_000_000_000L);

        assertThat(Epoch.of(epoch.json())).contains(epoch);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "null", "{\"store\":\"x\",\"position\":1,\"at\":1,\"mark\":\"1:1\"}", "{\"store\":\""})
    void whatIsNeitherIsNeither(String text) {
        assertThat(DocumentHead.of(text)).isEmpty();
        assertThat(Epoch.of(text)).isEmpty();
        assertThat(ServiceDocument.of(text, false)).isEmpty();
    }

    @Test
    void keysAreFoundByAPatternThatIsNotTheirPrefixes() {
        var keys = new RedisKeys("a*[b]?\\^-:");

        assertThat(keys.services()).isEqualTo("a\\*\\[b\\]\\?\\\\\\^\\-:service:*");
        assertThat(keys.serviceOf(keys.service("web"))).isEqualTo("web");
        assertThat(keys.epoch()).isEqualTo("a*[b]?\\^-:epoch");
        assertThat(keys.changes()).isEqualTo("a*[b]?\\^-:changes");
    }
}
