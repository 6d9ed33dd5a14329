package dev.aicore.discovery.command.batching;

import dev.aicore.discovery.eventstore.AppendListener;

/** While the store can't be written no heartbeat counts, so no silence does either. */
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
