package dev.aicore.discovery.query.memo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoTest {

    private final List<String> made = new ArrayList<>();
    private final Memo memo = new Memo();

    @Test
    void whoAsksForTheSameGetsTheSame() {
        var first = memo.get(List.of("a"), StringBuilder.class, this::make);

        assertThat(memo.get(List.of("a"), StringBuilder.class, this::make)).isSameAs(first);
        assertThat(made).containsExactly("[a]");
    }

    @Test
    void theLastOneIsRemembered() {
        memo.get(List.of("a"), StringBuilder.class, this::make);
        assertThat(memo.get(List.of("b"), StringBuilder.class, this::make)).hasToString("[b]");
        assertThat(memo.get(List.of("a"), StringBuilder.class, this::make)).hasToString("[a]");

        assertThat(made).containsExactly("[a]", "[b]", "[a]");
    }

    @Test
    void whatElseIsMadeOfTheSameIsAnother() {
        memo.get(List.of("a"), StringBuilder.class, this::make);

        assertThat(memo.get(List.of("a"), Integer.class, List::size)).isEqualTo(1);
    }

    private StringBuilder make(List<String> of) {
        made.add(of.toString());
        return new StringBuilder(of.toString());
    }
}
