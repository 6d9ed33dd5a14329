package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ApiKeyTest {

    private static final Pattern FORM = Pattern.compile("sd_([a-z0-9]{12})_[A-Za-z0-9_-]{43}");
    private static final String ID = "abcxyz012789";
    private static final String TEXT = "sd_" + ID + "_" + "AZaz09_-".repeat(5) + "abc";

    @Test
    void parse_key_returnsItsId() {
        assertThat(ApiKey.parse(TEXT)).isEqualTo(new ApiKey(ID, TEXT));
    }

    @Test
    void parse_anyCharacterAtAnyPlace_acceptsWhatThePatternMatches() {
        for (int i = 0; i < TEXT.length(); i++) {
            for (char c = 0; c <= 0x200; c++) {
                var text = TEXT.substring(0, i) + c + TEXT.substring(i + 1);
                assertThat(ApiKey.parse(text) != null)
                        .as(text)
                        .isEqualTo(FORM.matcher(text).matches());
            }
        }
    }

    @Test
    void parse_otherLength_returnsNull() {
        for (int length = 0; length < TEXT.length(); length++) {
            assertThat(ApiKey.parse(TEXT.substring(0, length))).isNull();
        }
        assertThat(ApiKey.parse(TEXT + "a")).isNull();
        assertThat(ApiKey.parse(TEXT + "\n")).isNull();
    }
}
