package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNormalizerTest {

    @ParameterizedTest
    @CsvSource({
        "Web.Example, web.example",
        "10.0.0.1, 10.0.0.1",
        "2001:DB8:0:0::1, 2001:db8::1",
        "[2001:db8::1], 2001:db8::1",
        "::1, ::1",
        "::ffff:1.2.3.4, 1.2.3.4",
        "::FFFF:1.2.3.4, 1.2.3.4",
        "[::ffff:1.2.3.4], 1.2.3.4",
        "0:0:0:0:0:ffff:102:304, 1.2.3.4"
    })
    void host_isNormalized(String written, String normal) {
        assertThat(HostNormalizer.normalize(written)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::ffff:1.2.3",
                "::ffff:1.2.3.256",
                "::ffff:1.2.3.4%eth0",
                "fe80::1%1",
                "1.2.3",
                "a b",
                ":",
                "::g"
            })
    void invalidHost_isNotNormalized(String written) {
        assertThat(HostNormalizer.normalize(written)).isNull();
    }
}
