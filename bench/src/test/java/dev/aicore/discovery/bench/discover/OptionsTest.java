package dev.aicore.discovery.bench.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void eachMayBeGiven() {
        assertThat(Options.parse()).isEqualTo(new Options(10, 3, 64));
        assertThat(Options.parse("--rounds", "1", "--connections", "1024", "--seconds", "5"))
                .isEqualTo(new Options(5, 1, 1_024));
    }

    @Test
    void whatIsWrongIsNamed() {
        wrong("--rounds");
        wrong("--rounds", "0");
        wrong("--rounds", "many");
        wrong("--threads", "4");
    }

    private static void wrong(String... line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.parse(line))
                .withMessageContaining(line[0]);
    }
}
