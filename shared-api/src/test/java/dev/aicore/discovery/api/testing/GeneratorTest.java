package dev.aicore.discovery.api.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    private static <T> List<T> sample(Generator<T> generator) {
        var random = new SplittableRandom(1);
        return Stream.generate(() -> generator.generate(random)).limit(10_000).toList();
    }

    @Test
    void numbers_areWithinBoundsAndIncludeEdgeCases() {
        assertThat(sample(Generator.intBetween(-7, 900)))
                .allMatch(number -> -7 <= number && number <= 900)
                .contains(-7, -6, -1, 0, 1, 899, 900);
        assertThat(sample(Generator.longBetween(Long.MIN_VALUE, Long.MAX_VALUE)))
                .contains(Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, 0L, 1L, Long.MAX_VALUE - 1, Long.MAX_VALUE);
        assertThat(sample(Generator.longBetween(Long.MAX_VALUE, Long.MAX_VALUE)))
                .containsOnly(Long.MAX_VALUE);
    }

    @Test
    void numbers_areOfAllLengths() {
        assertThat(sample(Generator.intBetween(0, Integer.MAX_VALUE)))
                .extracting(number -> Integer.SIZE - Integer.numberOfLeadingZeros(number))
                .containsAll(IntStream.rangeClosed(0, 31).boxed().toList());
        assertThat(sample(Generator.longBetween(Long.MIN_VALUE, -1)))
                .extracting(number -> Long.SIZE - Long.numberOfLeadingZeros(~number))
                .containsAll(IntStream.rangeClosed(0, 63).boxed().toList());
    }

    @Test
    void sizes_areWithinBoundsAndIncludeThem() {
        assertThat(sample(Generator.bytes(1, 5)))
                .extracting(bytes -> bytes.length)
                .containsOnly(1, 2, 3, 4, 5);
        assertThat(sample(Generator.oneOf("a", "b").list(0, 2))).contains(List.of(), List.of("a"), List.of("b", "a"));
    }
}
