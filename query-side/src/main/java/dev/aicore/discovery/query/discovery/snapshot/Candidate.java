package dev.aicore.discovery.query.discovery.snapshot;

import dev.aicore.discovery.api.health.BreakerState;
import dev.aicore.discovery.api.instance.InstanceStatus;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.lease.LeaseState;
import dev.aicore.discovery.balancing.BalancedInstance;
import dev.aicore.discovery.balancing.BalancingStatus;
import dev.aicore.discovery.web.ApiJson;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Instance that discovery may return, with its JSON, which is created once for all responses. */
public final class Candidate implements BalancedInstance {

    private static final Map<InstanceStatus, BalancingStatus> STATUSES =
            new EnumMap<>(Stream.of(InstanceStatus.values())
                    .collect(Collectors.toMap(Function.identity(), status -> BalancingStatus.of(status.jsonName()))));

    private final InstanceView view;
    private volatile byte @Nullable [] json;
    private volatile long fingerprint;

    public Candidate(InstanceView view) {
        this.view = view;
    }

    public InstanceView view() {
        return view;
    }

    @Override
    public String id() {
        return view.id();
    }

    @Override
    public int weight() {
        return view.weight();
    }

    @Override
    public String zone() {
        return view.zone();
    }

    @Override
    public BalancingStatus status() {
        return statusOf(view);
    }

    @Override
    public boolean isOverdue() {
        return view.lease() == LeaseState.OVERDUE;
    }

    @Override
    public boolean isOnTrial() {
        return view.breaker() == BreakerState.HALF_OPEN;
    }

    static BalancingStatus statusOf(InstanceView view) {
        return Objects.requireNonNull(STATUSES.get(view.status()));
    }

    /** Returns the JSON; it must not be modified. */
    public byte[] json() {
        var written = json;
        if (written == null) {
            // Two threads may create the same JSON at the same time.
            written = ApiJson.mapper().writeValueAsBytes(view);
            json = written;
        }
        return written;
    }

    /** Returns a hash of the JSON, never 0. */
    long fingerprint() {
        long known = fingerprint;
        if (known == 0) {
            var bytes = json();
            var checksum = new CRC32C();
            checksum.update(bytes);
            known = Math.max(1, (checksum.getValue() << 31) ^ (Arrays.hashCode(bytes) & 0x7fff_ffffL));
            fingerprint = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return view.id();
    }
}
