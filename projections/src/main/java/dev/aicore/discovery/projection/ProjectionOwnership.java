package dev.aicore.discovery.projection;

import dev.aicore.discovery.eventstore.ClaimFollower;
import dev.aicore.discovery.eventstore.ClaimFollower.OwnerWork;
import dev.aicore.discovery.eventstore.SingleWriterAppender;

/** Lets the projections of this node run while the node owns the event store, so that of several nodes one folds. */
final class ProjectionOwnership implements OwnerWork, AutoCloseable {

    private final ProjectionRuntime projectionRuntime;
    private final ClaimFollower claimFollower;

    ProjectionOwnership(ProjectionRuntime projectionRuntime, SingleWriterAppender appender) {
        this.projectionRuntime = projectionRuntime;
        this.claimFollower = new ClaimFollower("projection-ownership", appender, this);
    }

    void start() {
        claimFollower.start();
    }

    @Override
    public void begin() {
        projectionRuntime.activate();
    }

    @Override
    public void end() {
        projectionRuntime.deactivate();
    }

    @Override
    public void close() {
        claimFollower.close();
    }
}
