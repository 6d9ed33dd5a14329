package dev.aicore.discovery.projection;

import dev.aicore.discovery.api.status.ComponentStatus;
import dev.aicore.discovery.config.status.StatusSource;
import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import dev.aicore.discovery.projection.processing.ProjectionStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls the status of the projections once a second, so that the status routes can answer from memory. */
final class ProjectionStatusPoller implements StatusSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionStatusPoller.class);
    private static final long INTERVAL_MILLIS = 1_000;

    private final ProjectionRuntime projectionRuntime;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("projection-status-poller").factory());
    private volatile List<ProjectionStatus> last = List.of();

    ProjectionStatusPoller(ProjectionRuntime projectionRuntime) {
        this.projectionRuntime = projectionRuntime;
        var _ = timer.scheduleWithFixedDelay(this::poll, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Returns the status of the projections; nothing while another node folds. */
    @Override
    public List<ComponentStatus> parts() {
        return !projectionRuntime.isActive()
                ? List.of()
                : last.stream().map(ProjectionStatusPoller::part).toList();
    }

    /**
     * Returns the name and failure of the first failed projection; an empty string if none has failed; a message if the
     * status is still unknown.
     */
    String notReadyReason() {
        var seen = last;
        if (seen.isEmpty()) {
            return "The status of the projections is not known yet.";
        }
        return seen.stream()
                .filter(status -> status.state() == ProjectionStatus.State.FAILED)
                .map(status -> status.name() + ": " + status.reason())
                .findFirst()
                .orElse("");
    }

    /** Returns the number of parked facts of each projection, as samples for Prometheus. */
    List<Sample> parkedFacts() {
        return last.stream()
                .map(status -> new Sample(Map.of("projection", status.name()), status.parked()))
                .toList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void poll() {
        try {
            last = projectionRuntime.status();
        } catch (RuntimeException e) {
            LOG.debug("Failed to read the status of the projections: {}", e.getMessage());
        }
    }

    private static ComponentStatus part(ProjectionStatus status) {
        var state = status.reason() != null
                ? "failed: " + status.reason()
                : status.parked() > 0 ? "degraded: parked_facts" : "running";
        return new ComponentStatus.Projection(status.name(), state, status.segments(), status.parked());
    }
}
