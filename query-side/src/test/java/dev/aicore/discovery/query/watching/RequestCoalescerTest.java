package dev.aicore.discovery.query.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class RequestCoalescerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> begun = new ArrayList<>();
    private final Map<String, Sinks.One<String>> ends = new HashMap<>();
    private final RequestCoalescer<String, String> requestCoalescer =
            new RequestCoalescer<>(this::read, 2, 3, Schedulers.immediate());

    @Test
    void reads_beyondConcurrencyLimit_startWhenEarlierReadsEnd() {
        request("a", "b", "c", "d");
        assertThat(begun).containsExactly("a", "b");

        end("a");

        assertThat(begun).containsExactly("a", "b", "c");
        endOf("b").tryEmitError(new IllegalStateException("It can't be read.")).orThrow();
        assertThat(begun).containsExactly("a", "b", "c", "d");
    }

    @Test
    void reads_beyondQueueLimit_areRefusedUntilNextReadStarts() {
        request("a", "b", "c", "d", "e");

        assertThatThrownBy(() -> requestCoalescer.get("f").block(PATIENCE))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OVERLOADED));
        assertThat(requestCoalescer.get("e").toFuture())
                .as("a request for a key that already waits is not refused")
                .isNotDone();

        end("a");
        var later = requestCoalescer.get("f").toFuture();
        List.of("b", "c", "d", "e", "f").forEach(this::end);

        assertThat(later).isCompletedWithValue("f is read");
        assertThat(begun).containsExactly("a", "b", "c", "d", "e", "f");
    }

    @Test
    void concurrentReads_ofSameKey_shareOneRead() {
        var first = requestCoalescer.get("a").toFuture();
        var second = requestCoalescer.get("a").toFuture();

        end("a");

        assertThat(first).isCompletedWithValue("a is read");
        assertThat(second).isCompletedWithValue("a is read");
        assertThat(begun).containsExactly("a");
    }

    private void request(String... keys) {
        for (var key : keys) {
            assertThat(requestCoalescer.get(key).toFuture()).isNotDone();
        }
    }

    private void end(String key) {
        endOf(key).tryEmitValue(key + " is read").orThrow();
    }

    private Sinks.One<String> endOf(String key) {
        return ends.computeIfAbsent(key, _ -> Sinks.one());
    }

    private Mono<String> read(String key) {
        begun.add(key);
        return endOf(key).asMono();
    }
}
