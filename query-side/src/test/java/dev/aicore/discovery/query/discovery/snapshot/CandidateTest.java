package dev.aicore.discovery.query.discovery.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.balancing.BalancingStatus;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CandidateTest {

    @Test
    void statusesOfBalancing_areThoseOfInstances() {
        assertThat(Stream.of(BalancingStatus.values()).map(Enum::name))
                .containsExactlyElementsOf(
                        Stream.of(InstanceStatus.values()).map(Enum::name).toList());
    }
}
