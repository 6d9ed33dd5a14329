package dev.aicore.discovery.command.access;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.access.ApiKeyCommand.RevokeKey;
import dev.aicore.discovery.api.access.ApiKeyFact.ApiKeyStream;
import dev.aicore.discovery.command.batching.OwnershipGuard;
import dev.aicore.discovery.command.testing.BlockingCommandBus;
import dev.aicore.discovery.config.time.SecretGenerator;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ApiKeyServiceTest {

    @Test
    void queue_behindBlockedCommand_isBounded() {
        try (var hanging = new BlockingCommandBus(RevokeKey.class);
                var service = new ApiKeyService(
                        hanging.bus(),
                        new OwnershipGuard(() -> 1, () -> {}),
                        () -> {},
                        _ -> true,
                        SecretGenerator.random())) {
            var revoke = new RevokeKey(ApiKeyStream.NAME, "k", Instant.EPOCH, EventMetadata.ofRegistry("test"));

            hanging.assertWaiting(100, () -> service.execute(revoke));
        }
    }
}
