package dev.aicore.discovery.api.shard;

import dev.aicore.discovery.api.Outcome;

/**
 * Outcome of one command of a batch, with the event that records it.
 *
 * @param event index of the event within the batch, from 0; -1 if the command emitted no event
 */
public record CommandResult(Outcome outcome, int event) {}
