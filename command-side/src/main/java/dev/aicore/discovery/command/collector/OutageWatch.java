package dev.aicore.discovery.command.collector;

import dev.aicore.discovery.config.eventstore.AppendListener;

/** While the store can't be written no heartbeat counts, so no silence does either. */
final class OutageWatch implements AppendListener {

    private final Intake intake;

    OutageWatch(Intake intake) {
        this.intake = intake;
    }

    @Override
    public void onOutage(String reason) {
        intake.storeIsAway();
    }

    @Override
    public void onRecovered() {
        intake.storeIsBack();
    }
}
