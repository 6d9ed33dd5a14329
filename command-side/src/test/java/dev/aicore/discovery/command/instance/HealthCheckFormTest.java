package dev.aicore.discovery.command.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.HealthCheck;
import dev.aicore.discovery.config.web.Fields;
import dev.aicore.discovery.config.web.Json;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class HealthCheckFormTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "http | {'path':'/gesund/ä'} | path | /gesund/ä | ASCII",
                "http | {'path':'/a b'} | path | /a b | blanks",
                "http | {'headers':{'Connection':'close'}} | headers.Connection | close | header",
                "http | {'headers':{'transfer-encoding':'chunked'}} | headers.transfer-encoding | chunked | header",
                "http | {'headers':{'X Y':'a'}} | headers.X Y | a | header",
                "http | {'headers':{'X-Name':'ä'}} | headers.X-Name | ä | ASCII",
                "http | {'headers':{'host':'a b'}} | headers.host | a b | host name",
                "script | {'script':'../x'} | script | ../x | plain name",
                "script | {'script':'.hidden'} | script | .hidden | plain name",
                "script | {} | script | | plain name"
            })
    void whatNoProberCouldRunIsRefused(String type, String config, String field, String value, String expected) {
        var refused = catchThrowableOfType(RegistryException.class, () -> read(type, ",'config':" + config));
        assertThat(refused.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(refused.errors()).singleElement().satisfies(error -> {
            assertThat(error.field()).isEqualTo("health_check.config." + field);
            assertThat(error.rejectedValue()).isEqualTo(value);
            assertThat(error.expected()).contains(expected);
        });
    }

    @Test
    void aScriptIsNamed() {
        var refused = catchThrowableOfType(RegistryException.class, () -> read("script", ""));
        assertThat(refused.errors())
                .singleElement()
                .satisfies(error -> assertThat(error.field()).isEqualTo("health_check.config"));
    }

    @Test
    void whatAProberCanRunIsTaken() {
        assertThat(read("http", ",'config':{'path':'/%C3%A4?x=~','headers':{'Host':'shop.example:80','X-A':''}}")
                        .config())
                .isEqualTo(Map.of("path", "/%C3%A4?x=~", "headers", Map.of("Host", "shop.example:80", "X-A", "")));
        assertThat(read("script", ",'config':{'script':'look_1.sh'}").config())
                .isEqualTo(Map.of("script", "look_1.sh"));
        assertThat(read("http", "").config()).isEmpty();
    }

    @Test
    void headersAreOrderedHoweverTheyAreSent() {
        var one = read("http", ",'config':{'headers':{'X-B':'2','X-A':'1'}}");
        var other = read("http", ",'config':{'headers':{'X-A':'1','X-B':'2'}}");
        assertThat(Json.mapper().writeValueAsString(one))
                .isEqualTo(Json.mapper().writeValueAsString(other));
    }

    private static HealthCheck read(String type, String more) {
        var text = ("{'name':'web','address':'10.0.0.1','port':80,'health_check':{'check_type':'" + type + "'" + more
                        + "}}")
                .replace('\'', '"');
        var fields = Fields.of((ObjectNode) Json.mapper().readTree(text));
        var declared = Merging.form().read(fields);
        fields.rejectUnknown();
        fields.orThrow();
        return Objects.requireNonNull(declared.healthCheck());
    }
}
