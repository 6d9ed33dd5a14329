package dev.aicore.discovery.dialect.consul;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsulMetadataTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "", "two\nlines", "\"quoted\"", "tab\there", "ümlaut", "{\"a\":1}"})
    void encode_anyText_isDecodedAgain(String text) {
        var encoded = ConsulMetadata.encode(text);

        assertThat(encoded.chars().noneMatch(Character::isISOControl)).isTrue();
        assertThat(ConsulMetadata.decode(encoded)).isEqualTo(text);
    }

    @Test
    void encode_longText_isCutToAValue() {
        assertThat(ConsulMetadata.encode("x".repeat(5_000))).hasSize(1_024);
        assertThat(ConsulMetadata.encode("\n".repeat(5_000))).hasSizeLessThanOrEqualTo(1_024);
        assertThat(ConsulMetadata.encode("x".repeat(1_023) + "\uD83D\uDE00")).isEqualTo("x".repeat(1_023));
    }
}
