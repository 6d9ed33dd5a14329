package dev.aicore.discovery.command.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.configuration.ConfigurationBook;
import dev.aicore.discovery.api.configuration.DropSchema;
import dev.aicore.discovery.api.configuration.Expectation;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.command.collector.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfigurationDeskTest {

    private static final int MOST_WAITING = 200;

    private final SimpleCommandBus bus = SimpleCommandBus.builder().build();
    private final ConfigurationDesk desk = new ConfigurationDesk(bus, () -> 0);
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final CompletableFuture<Void> mayEnd = new CompletableFuture<>();

    @AfterEach
    void close() {
        mayEnd.complete(null);
        desk.close();
    }

    @Test
    void behindAChangeThatHangsOnlySoManyWait() {
        bus.subscribe(DropSchema.class.getName(), _ -> {
            begun.complete(null);
            return mayEnd.join();
        });
        var hanging = ask();
        assertThat(begun).succeedsWithin(Duration.ofSeconds(30));

        for (int i = 0; i < MOST_WAITING; i++) {
            assertThat(ask()).isNotDone();
        }
        assertThat(ask().handle((_, failure) -> failure))
                .isCompletedWithValueMatching(failure ->
                        failure instanceof RegistryException refused && refused.code() == ErrorCode.OVERLOADED);
        assertThat(hanging).isNotDone();
    }

    private CompletableFuture<Reply> ask() {
        var drop = new DropSchema(
                ConfigurationBook.NAME, "orders", Expectation.NONE, Instant.EPOCH, Envelope.ofRegistry("test"));
        return desk.ask(drop, null);
    }
}
