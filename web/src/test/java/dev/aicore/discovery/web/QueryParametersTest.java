package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {
    @ParameterizedTest
    @CsvSource({"true,true", "True,true", "1,true", "false,false", "False,false", "0,false"})
    void boolean_isReadInAllSpellings(String text, boolean value) {
        assertThat(QueryParameters.of("x=" + text).boolOr("x", !value)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "30,PT30S", "2m,PT2M", "1h,PT1H"})
    void duration_isReadInAllUnits(String text, Duration value) {
        QueryParameters queryParameters = QueryParameters.of("wait=" + text);

        assertThat(queryParameters.durationOr("wait", Duration.ZERO, Duration.ofHours(1), Duration.ZERO))
                .isEqualTo(value);
        queryParameters.validate();
    }

    @Test
    void repeatedAndPrefixedParameters_areRead() {
        QueryParameters queryParameters =
                QueryParameters.of("tag=a&metadata.region=eu+west&tag=b%26c&metadata.a%3Db=%C3%BC&&");

        assertThat(queryParameters.list("tag", 2, TextConstraint.nonEmpty(5))).containsExactly("a", "b&c");
        assertThat(queryParameters.prefixed("metadata.", 2, TextConstraint.nonEmpty(9), TextConstraint.upTo(9)))
                .containsEntry("region", "eu west")
                .containsEntry("a=b", "ü");
        queryParameters.validate();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag=a&tag=b&tag=c", "tag=", "tag=123456", "other=%", "other=%f", "other=%gg", "other=%0a"})
    void invalidParameter_isCollectedAsViolation(String raw) {
        QueryParameters queryParameters = QueryParameters.of(raw);
        queryParameters.list("tag", 2, TextConstraint.nonEmpty(5));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(queryParameters::validate)
                .matches(refusal -> refusal.errors().size() == 1);
    }

    @ParameterizedTest
    @CsvSource({
        "a=1, a is not a known parameter.",
        "a=1&b=1, a is not a known parameter. There is 1 more violation.",
        "a=1&b=1&c=1, a is not a known parameter. There are 2 more violations."
    })
    void refusalDetail_countsFurtherViolations(String raw, String detail) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> QueryParameters.of(raw).validate())
                .matches(refusal -> refusal.detail().equals(detail), detail);
    }

    @Test
    void unknownParameter_isRefusedWithSuggestion() {
        QueryParameters queryParameters = QueryParameters.of("servicename=a&colour=red&metadata.x=1&at=-15m");
        queryParameters.textOrNull("service_name", TextConstraint.nonEmpty(5));
        queryParameters.prefixed("metadata.", 2, TextConstraint.nonEmpty(9), TextConstraint.upTo(9));
        assertThat(queryParameters.has("at")).isTrue();

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(queryParameters::validate)
                .matches(refusal -> refusal.code() == ErrorCode.UNKNOWN_PARAMETER)
                .satisfies(refusal -> assertThat(refusal.errors())
                        .extracting(FieldError::field, FieldError::expected)
                        .containsExactly(
                                tuple("servicename", "service_name"),
                                tuple("colour", "one of service_name, at, metadata.KEY")));
    }

    @Test
    void longNumber_atItsMaximum_isAccepted() {
        QueryParameters queryParameters = QueryParameters.of("a=9223372036854775807&b=9223372036854775808");

        assertThat(queryParameters.numberOrNull("a", 0, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(queryParameters.numberOrNull("b", 0, Long.MAX_VALUE)).isNull();
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(queryParameters::validate)
                .withMessage("b must be an integer from 0 to 9223372036854775807.");
    }

    @Test
    void unknownParameter_besideInvalidValue_isReportedAsViolation() {
        QueryParameters queryParameters = QueryParameters.of("limit=0&colour=red");
        queryParameters.integerOr("limit", 1, 2, 1);

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(queryParameters::validate)
                .matches(refusal -> refusal.code() == ErrorCode.VALIDATION_FAILED)
                .matches(refusal -> refusal.errors().size() == 2);
    }

    @Test
    void repeatedChoices_areReadAndValidated() {
        QueryParameters queryParameters = QueryParameters.of("status=up&status=down&other=sideways");

        assertThat(queryParameters.choices("status", Choices.of(List.of(1, 2), number -> number == 1 ? "up" : "down")))
                .containsExactly(1, 2);
        assertThat(queryParameters.choices("other", Choices.ofNames("up"))).isEmpty();
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(queryParameters::validate)
                .withMessage("other must be one of up.");
    }

    @Test
    void requiredParameter_ifMissing_isReported() {
        QueryParameters queryParameters = QueryParameters.of((String) null);
        queryParameters.text("service_name");

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(queryParameters::validate)
                .withMessage("service_name is required.");
    }
}
