package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.eventstore.AppendListener;

/**
 * Suspends lease expiry while the event store can't be written. Heartbeats can't be recorded then, so a missing
 * heartbeat is no evidence.
 */
final class StoreOutageListener implements AppendListener {

    private final CommandGateway commandGateway;

    StoreOutageListener(CommandGateway commandGateway) {
        this.commandGateway = commandGateway;
    }

    @Override
    public void onOutage(String reason) {
        commandGateway.storeUnavailable();
    }

    @Override
    public void onRecovered() {
        commandGateway.storeRecovered();
    }
}
