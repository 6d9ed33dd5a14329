package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMinifierTest {

    @Test
    void minifier_removesOnlyInsignificantWhitespace() {
        assertThat(JsonMinifier.of("""
                { "b" : [ 1 , 2.50, 1e400, -0.0, 12345678901234567890 ] ,
                \t"a b" : " \\" , \\\\ " , "ü\\u00fc" : { } }
                """))
                .isEqualTo("{\"b\":[1,2.50,1e400,-0.0,12345678901234567890],"
                        + "\"a b\":\" \\\" , \\\\ \",\"ü\\u00fc\":{}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1e10000}", "{\"a\":1E-99999}", "[1, 2e+123456]", "{\"a\":\"x\", \"b\":3e00010000}"})
    void numberWithExcessiveExponent_isRefused(String json) {
        assertThatThrownBy(() -> JsonMinifier.of(json))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_JSON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"1e99999\"}", "{\"1e99999\":1e9999}", "{\"a\":1e-0009999}", "{\"a\\\\\":1}"})
    void textResemblingExcessiveExponent_isUnchanged(String json) {
        assertThat(JsonMinifier.of(json)).isEqualTo(json);
    }
}
