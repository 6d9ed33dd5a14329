package dev.aicore.discovery.api.deadletter;

import dev.aicore.discovery.api.EventMetadata;
import dev.aicore.discovery.api.ShardCommand;
import java.util.List;

/**
 * Drops a dead letter: read models go on without a fact that they can't fold. Any shard can decide this command,
 * because shards don't know the read models; the caller has checked that the dead letter exists. Outcome:
 * {@link Outcome.Dropped}.
 *
 * @param position position of the fact
 * @param type wire name of the fact
 * @param sequence the sequence that the fact is ordered in
 * @param models names of the read models that wait for the fact
 * @param error the error of the first of these read models
 */
public record DropDeadLetter(
        long position, String type, String sequence, List<String> models, String error, EventMetadata envelope)
        implements ShardCommand {

    public DropDeadLetter {
        models = List.copyOf(models);
    }
}
