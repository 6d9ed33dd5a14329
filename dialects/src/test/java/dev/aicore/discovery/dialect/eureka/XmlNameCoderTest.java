package dev.aicore.discovery.dialect.eureka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XmlNameCoderTest {

    @ParameterizedTest
    @CsvSource({
        "management.port, management.port",
        "zone_name, zone__name",
        "$a, _-a",
        "1st, _.0031st",
        "a b:c, a_.0020b_.003ac",
        "ü, _.00fc",
        "_, __",
        "a_.b, a__.b"
    })
    void decode_reversesEncode(String key, String name) {
        assertThat(XmlNameCoder.encode(key)).isEqualTo(name);
        assertThat(XmlNameCoder.decode(name)).isEqualTo(key);
    }
}
