package dev.aicore.discovery.command.configuration;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.configuration.ConfigurationCommand.DropSchema;
import dev.aicore.discovery.api.configuration.ConfigurationFact.ConfigurationStream;
import dev.aicore.discovery.api.configuration.ConfigurationPrecondition;
import dev.aicore.discovery.command.batching.OwnershipGuard;
import dev.aicore.discovery.command.testing.BlockingCommandBus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConfigurationServiceTest {

    @Test
    void queue_behindBlockedCommand_isBounded() {
        try (var hanging = new BlockingCommandBus(DropSchema.class);
                var service = new ConfigurationService(hanging.bus(), new OwnershipGuard(() -> 1, () -> {}), () -> 0)) {
            var drop = new DropSchema(
                    ConfigurationStream.NAME,
                    "orders",
                    ConfigurationPrecondition.NONE,
                    Instant.EPOCH,
                    EventMetadata.ofRegistry("test"));

            hanging.assertWaiting(200, () -> service.execute(drop, null));
        }
    }
}
