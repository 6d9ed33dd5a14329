package dev.aicore.discovery.command.access;

import dev.aicore.discovery.api.Envelope;
import dev.aicore.discovery.api.access.AccessBook;
import dev.aicore.discovery.api.access.RevokeKey;
import dev.aicore.discovery.command.testing.HangingBus;
import dev.aicore.discovery.config.time.Secrets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KeyDeskTest {

    @Test
    void behindAChangeThatHangsOnlySoManyWait() {
        try (var hanging = new HangingBus(RevokeKey.class);
                var desk = new KeyDesk(hanging.bus(), () -> {}, _ -> true, Secrets.random())) {
            var revoke = new RevokeKey(AccessBook.NAME, "k", Instant.EPOCH, Envelope.ofRegistry("test"));

            hanging.assertWaiting(100, () -> desk.ask(revoke));
        }
    }
}
