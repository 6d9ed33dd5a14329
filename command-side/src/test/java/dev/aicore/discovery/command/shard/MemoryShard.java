package dev.aicore.discovery.command.shard;

import dev.aicore.discovery.api.shard.DecideBatch;
import dev.aicore.discovery.api.shard.Settled;
import java.util.List;

/** A shard that decides as the registry's do, and forgets with the test. */
public final class MemoryShard {

    private final Play play = new Play(Checkpointing.USUAL);

    public List<Settled> decide(DecideBatch batch) {
        return play.ask(batch.decidedAt(), batch.items());
    }

    /** How many events there were until now. */
    public int events() {
        return play.events.size();
    }
}
