package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.EventMetadata;
import java.util.List;

/**
 * Gives up a fact that read models couldn't fold. Any shard decides it, for none knows of read models: who asks has looked. Outcome: {@link
 * Outcome.Dropped}.
 *
 * @param position of the fact
 * @param type its name
 * @param sequence what it is ordered with
 * @param models the read models that wait for it
 * @param error why the first of them couldn't fold it
 */
public record DropDeadLetter(
        long position, String type, String sequence, List<String> models, String error, EventMetadata envelope)
        implements ShardCommand {

    public DropDeadLetter {
        models = List.copyOf(models);
    }
}
