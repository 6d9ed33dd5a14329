package dev.aicore.discovery.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChoicesTest {

    @Test
    void expected_listsNamesInGivenOrder() {
        var names = IntStream.range(0, 100).mapToObj(i -> "n" + i * 7919 % 100).toArray(String[]::new);

        assertThat(Choices.ofNames(names).expected()).isEqualTo("one of " + String.join(", ", names));
    }

    @Test
    void get_returnsValueOfName() {
        var choices = Choices.of(List.of(2, 1), number -> "no" + number);

        assertThat(choices.get("no1")).isEqualTo(1);
        assertThat(choices.get("no3")).isNull();
        assertThat(choices.first()).isEqualTo(2);
        assertThat(choices.size()).isEqualTo(2);
    }

    @Test
    void equalNames_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Choices.ofNames("a", "b", "a"))
                .withMessage("Two choices have the name a.");
    }
}
