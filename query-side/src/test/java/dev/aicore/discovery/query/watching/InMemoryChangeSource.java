package dev.aicore.discovery.query.watching;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.query.testing.ReadModelRows;
import dev.aicore.discovery.query.watching.ChangePoller.ChangePollResult;
import dev.aicore.discovery.query.watching.ChangeSource.WatchSnapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Changes in memory, which can be made unavailable like a database. */
final class InMemoryChangeSource implements ChangeSource {

    private final TreeMap<Long, String> services = new TreeMap<>();
    private long mark;
    private boolean away;
    private long ahead;
    private int looks;
    private int searches;
    private int reads;

    /** Returns pages of a source, read without delay. */
    static ServiceWatchPages pages(InMemoryChangeSource source, Scheduler scheduler) {
        return new ServiceWatchPages(
                source, source, RecentChangeSource.NONE, 0.3, position -> Mono.empty(), 100, scheduler);
    }

    /** Returns a batch of a stream as text. */
    static String text(List<byte[]> batch) {
        return batch.stream().map(bytes -> new String(bytes, UTF_8)).collect(Collectors.joining());
    }

    /** Adds a change that can't be read yet. */
    void change(String service, long position) {
        services.put(position, service);
    }

    /** Makes all changes up to a position readable. */
    void complete(long position) {
        mark = position;
    }

    void away(boolean isAway) {
        away = isAway;
    }

    /** Makes snapshots be of later positions than requested, like those of services in memory. */
    void snapshotsAhead(long positions) {
        ahead = positions;
    }

    int looks() {
        return looks;
    }

    /** Returns the number of polls that searched for changes. */
    int searches() {
        return searches;
    }

    int reads() {
        return reads;
    }

    @Override
    public Mono<ChangePollResult> mark() {
        return answer(() -> {
            looks++;
            return new ChangePollResult(mark, Map.of());
        });
    }

    @Override
    public Mono<ChangePollResult> changed(long after) {
        return answer(() -> {
            looks++;
            searches++;
            var changed = new HashMap<String, Long>();
            between(after, mark).forEach((position, service) -> changed.put(service, position));
            return new ChangePollResult(mark, changed);
        });
    }

    @Override
    public Mono<Long> lastPosition() {
        return answer(() -> services.isEmpty() ? mark : Math.max(mark, services.lastKey()));
    }

    @Override
    public Mono<List<InstanceChangeView>> changes(String service, long after, long upTo, int limit) {
        return answer(() -> {
            reads++;
            return between(after, upTo).entrySet().stream()
                    .filter(change -> change.getValue().equals(service))
                    .limit(limit)
                    .map(change -> gone(service, change.getKey()))
                    .toList();
        });
    }

    @Override
    public Mono<WatchSnapshot> snapshot(String service, long upTo) {
        return answer(() -> {
            reads++;
            long last = services.isEmpty() ? upTo : Math.max(upTo, services.lastKey());
            return new WatchSnapshot(Math.min(upTo + ahead, last), 0, List.of());
        });
    }

    private Map<Long, String> between(long after, long upTo) {
        return after >= upTo ? Map.of() : services.subMap(after, false, upTo, true);
    }

    private <T> Mono<T> answer(Supplier<T> read) {
        return Mono.defer(() -> away
                ? Mono.error(new RegistryException(ErrorCode.STORE_UNAVAILABLE, "It is away."))
                : Mono.just(Objects.requireNonNull(read.get())));
    }

    private static InstanceChangeView gone(String service, long position) {
        return new InstanceChangeView(
                service, position, ReadModelRows.AT, InstanceChangeView.Type.GONE, "x", null, "removed");
    }
}
