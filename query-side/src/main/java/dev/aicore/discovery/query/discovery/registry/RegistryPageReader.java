package dev.aicore.discovery.query.discovery.registry;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.query.discovery.snapshot.SnapshotWeigher;
import dev.aicore.discovery.query.instance.AsOfInstanceReader;
import dev.aicore.discovery.query.instance.InstanceCursor;
import dev.aicore.discovery.query.instance.InstanceReader;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Reads all instances, or those of a service, page by page, so that no statement returns too much at once. */
final class RegistryPageReader {

    private static final int PAGE = 1_000;

    private final InstanceReader instances;
    private final AsOfInstanceReader asOfReader;
    private final long maxWeight;

    /**
     * Creates a reader.
     *
     * @param maxWeight maximum weight of all instances that are read, in the units of {@code SnapshotWeigher}
     */
    RegistryPageReader(InstanceReader instances, AsOfInstanceReader asOfReader, long maxWeight) {
        this.instances = instances;
        this.asOfReader = asOfReader;
        this.maxWeight = maxWeight;
    }

    private record Read(
            List<InstanceView> instances,
            long position,
            long weight,
            @Nullable InstanceCursor next) {}

    /**
     * Reads the present instances without dead letters, ordered by service and id. The result is complete up to its
     * position; rows may be newer.
     *
     * @param service null for all services
     * @return fails with {@code answer_too_large} if the instances exceed the maximum weight
     */
    Mono<PositionedResult<List<InstanceView>>> present(@Nullable String service) {
        return all(after -> instances.page(service, after, PAGE));
    }

    /** Reads all instances that were present at a position, as {@link #present} does. */
    Mono<PositionedResult<List<InstanceView>>> asOf(long position) {
        return all(after -> asOfReader.page(after, PAGE, position));
    }

    private Mono<PositionedResult<List<InstanceView>>> all(
            Function<InstanceCursor, Mono<PositionedResult<Page<InstanceView>>>> read) {
        var first = new Read(new ArrayList<>(), Long.MAX_VALUE, 0, InstanceCursor.START);
        return Mono.just(first)
                .expand(before -> {
                    var next = before.next();
                    return next == null ? Mono.empty() : read.apply(next).map(page -> add(before, page));
                })
                .last()
                .map(last -> new PositionedResult<>(last.instances(), last.position()));
    }

    private Read add(Read before, PositionedResult<Page<InstanceView>> page) {
        long weight = before.weight();
        for (var instance : page.rows().rows()) {
            if (instance.parked() == null) {
                weight += SnapshotWeigher.of(instance);
                before.instances().add(instance);
            }
        }
        require(weight);
        return new Read(
                before.instances(),
                Math.min(before.position(), page.position()),
                weight,
                page.rows().hasNext() ? InstanceCursor.of(page.rows().rows().getLast()) : null);
    }

    /**
     * Checks the weight of a snapshot.
     *
     * @throws RegistryException {@code answer_too_large} if it exceeds the maximum
     */
    void require(long weight) {
        if (weight > maxWeight) {
            throw new RegistryException(
                    ErrorCode.ANSWER_TOO_LARGE,
                    "The registry is too large for answers that contain all of it: see dialects.max_instances.");
        }
    }
}
