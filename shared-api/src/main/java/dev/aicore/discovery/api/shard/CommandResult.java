package dev.aicore.discovery.api.shard;

/**
 * An item's outcome and the event that says so.
 *
 * @param event which of the batch's events, from 0; -1 if it took none
 */
public record CommandResult(Outcome outcome, int event) {}
