package dev.aicore.discovery.spring.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.client.RegistryRequestException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ServiceNamesTest {
    private final AtomicLong clock = new AtomicLong();
    private final ArrayDeque<Supplier<List<String>>> answers = new ArrayDeque<>();
    private final ServiceNames names = new ServiceNames(() -> answers.remove().get(), clock::get);

    @Test
    void names_within5Seconds_areRequestedOnce() {
        answers.add(() -> List.of("a"));
        answers.add(() -> List.of("a", "b"));
        assertThat(names.get()).containsExactly("a");
        advance(Duration.ofMillis(4999));
        assertThat(names.get()).containsExactly("a");
        advance(Duration.ofMillis(1));
        assertThat(names.get()).containsExactly("a", "b");
    }

    @Test
    void names_duringAnOutage_stay() {
        answers.add(() -> List.of("a"));
        answers.add(ServiceNamesTest::unavailable);
        assertThat(names.get()).containsExactly("a");
        advance(Duration.ofSeconds(6));
        assertThat(names.get()).containsExactly("a");
    }

    @Test
    void names_neverAnswered_areAnError() {
        answers.add(ServiceNamesTest::unavailable);
        assertThatThrownBy(names::get).isInstanceOf(RegistryRequestException.class);
    }

    private void advance(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static List<String> unavailable() {
        throw new RegistryRequestException(0, "", "No node answers");
    }
}
