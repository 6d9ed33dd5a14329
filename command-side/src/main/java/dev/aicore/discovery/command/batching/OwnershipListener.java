package dev.aicore.discovery.command.batching;

/** Receives when this node begins and ends to decide. The methods are called one at a time, in turn. */
public interface OwnershipListener {

    /** Called when all shards are loaded, and commands are accepted. */
    void owned();

    /** Called when another node may decide; commands are not accepted any more. */
    void disowned();
}
