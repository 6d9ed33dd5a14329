package dev.aicore.discovery.command.batching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SerialExecutor serialExecutor = new SerialExecutor("turns", 2, "changes of tests");
    private final ConcurrentLinkedQueue<String> done = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> mayEnd = new CompletableFuture<>();

    @AfterEach
    void close() {
        mayEnd.complete(null);
        serialExecutor.close();
    }

    @Test
    void tasks_runInOrderAndAreRefusedBeyondQueueLimit() {
        var first = serialExecutor.submit(() -> {
            begun.complete(null);
            mayEnd.join();
            return done.add("first");
        });
        assertThat(begun).succeedsWithin(PATIENCE);
        var second = take("second");
        var third = take("third");

        assertThat(take("fourth").handle((_, failure) -> failure))
                .isCompletedWithValueMatching(failure ->
                        failure instanceof RegistryException refused && refused.code() == ErrorCode.OVERLOADED);
        assertThat(second).isNotDone();
        assertThat(third).isNotDone();

        mayEnd.complete(null);
        assertThat(CompletableFuture.allOf(first, second, third)).succeedsWithin(PATIENCE);
        assertThat(take("fifth")).succeedsWithin(PATIENCE);
        assertThat(done).containsExactly("first", "second", "third", "fifth");
    }

    private CompletableFuture<Boolean> take(String name) {
        return serialExecutor.submit(() -> done.add(name));
    }
}
