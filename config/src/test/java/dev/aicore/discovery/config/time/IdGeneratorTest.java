package dev.aicore.discovery.config.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {

    @Test
    void countedIds_areUniqueAndWellFormed() {
        var idGenerator = IdGenerator.counted();

        var some = IntStream.range(0, 10_000).mapToObj(_ -> idGenerator.next()).toList();

        assertThat(some).doesNotHaveDuplicates().allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(UUID.fromString(id.toString())).isEqualTo(id);
        });
    }

    @Test
    void countedIds_ofTwoGenerators_startDifferently() {
        assertThat(IdGenerator.counted().next().getMostSignificantBits())
                .isNotEqualTo(IdGenerator.counted().next().getMostSignificantBits());
    }
}
