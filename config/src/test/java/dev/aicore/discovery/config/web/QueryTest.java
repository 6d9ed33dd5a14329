package dev.aicore.discovery.config.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @ParameterizedTest
    @CsvSource({"true,true", "True,true", "1,true", "false,false", "False,false", "0,false"})
    void readsBooleansAsPeopleWriteThem(String text, boolean value) {
        assertThat(Query.of("x=" + text).boolOr("x", !value)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "30,PT30S", "2m,PT2M", "1h,PT1H"})
    void readsDurations(String text, Duration value) {
        Query query = Query.of("wait=" + text);

        assertThat(query.durationOr("wait", Duration.ZERO, Duration.ofHours(1), Duration.ZERO))
                .isEqualTo(value);
        query.orThrow();
    }

    @Test
    void readsRepeatedAndPrefixedParameters() {
        Query query = Query.of("tag=a&metadata.region=eu+west&tag=b%26c&metadata.a%3Db=%C3%BC&&unknown");

        assertThat(query.list("tag", 2, Text.filled(5))).containsExactly("a", "b&c");
        assertThat(query.prefixed("metadata.", 2, Text.filled(9), Text.upTo(9)))
                .containsEntry("region", "eu west")
                .containsEntry("a=b", "ü");
        query.orThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag=a&tag=b&tag=c", "tag=", "tag=123456", "other=%", "other=%f", "other=%gg", "other=%0a"})
    void collectsWhatIsWrong(String raw) {
        Query query = Query.of(raw);
        query.list("tag", 2, Text.filled(5));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(query::orThrow)
                .matches(refusal -> refusal.errors().size() == 1);
    }

    @Test
    void saysWhatIsMissing() {
        Query query = Query.of((String) null);
        query.text("service_name");

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(query::orThrow)
                .withMessage("service_name is required.");
    }
}
