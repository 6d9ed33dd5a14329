package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.configuration.ConfigurationBook;
import dev.aicore.discovery.api.configuration.DropSchema;
import dev.aicore.discovery.api.configuration.Expectation;
import dev.aicore.discovery.command.testing.HangingBus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConfigurationDeskTest {

    @Test
    void behindAChangeThatHangsOnlySoManyWait() {
        try (var hanging = new HangingBus(DropSchema.class);
                var desk = new ConfigurationDesk(hanging.bus(), () -> 0)) {
            var drop = new DropSchema(
                    ConfigurationBook.NAME, "orders", Expectation.NONE, Instant.EPOCH, Envelope.ofRegistry("test"));

            hanging.assertWaiting(200, () -> desk.ask(drop, null));
        }
    }
}
