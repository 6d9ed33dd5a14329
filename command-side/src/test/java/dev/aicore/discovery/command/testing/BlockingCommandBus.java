package dev.aicore.discovery.command.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;

/** Blocks commands of one type until it is closed. */
public final class BlockingCommandBus implements AutoCloseable {

    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> mayEnd = new CompletableFuture<>();

    public BlockingCommandBus(Class<?> command) {
        bus.subscribe(command.getName(), _ -> {
            begun.complete(null);
            return mayEnd.join();
        });
    }

    public CommandBus bus() {
        return bus;
    }

    /**
     * Asserts that one command is being decided, that {@code most} further ones wait, and that the next is refused as
     * overloaded.
     */
    public void assertWaiting(int most, Supplier<CompletableFuture<?>> asking) {
        var hanging = asking.get();
        assertThat(begun).succeedsWithin(Duration.ofSeconds(30));
        for (int i = 0; i < most; i++) {
            assertThat(asking.get()).isNotDone();
        }
        assertThat(asking.get().handle((_, failure) -> failure))
                .isCompletedWithValueMatching(failure ->
                        failure instanceof RegistryException refused && refused.code() == ErrorCode.OVERLOADED);
        assertThat(hanging).isNotDone();
    }

    @Override
    public void close() {
        mayEnd.complete(null);
    }
}
