package dev.aicore.discovery.client;

import dev.aicore.discovery.balancing.RendezvousHashing;
import dev.aicore.discovery.balancing.VersionRange;
import dev.aicore.discovery.client.balancing.LoadComparison;
import dev.aicore.discovery.client.balancing.SmoothRotation;
import dev.aicore.discovery.client.balancing.WeightedDraw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Service with the options of one caller. Its picks read the shared list. */
final class SelectedService implements Service {

    private static final long TRIAL_INTERVAL = 10;
    private static final Duration LONGEST = Duration.ofSeconds(Long.MAX_VALUE);

    private final ServiceWatcher watcher;
    private final ServiceOptions options;
    private final @Nullable VersionRange range;
    private final PickLimits limits;
    private final AtomicLong turn = new AtomicLong(ThreadLocalRandom.current().nextInt(1 << 16));
    private final AtomicLong trials = new AtomicLong();
    private final SmoothRotation<ListedInstance> rotation = new SmoothRotation<>(ThreadLocalRandom.current());
    private volatile ServiceState state;
    private volatile PickSelection selection = PickSelection.NONE;

    /**
     * Bounds of picks.
     *
     * @param firstAnswer time for which a pick waits for the first list
     * @param maxAge age from which a list isn't picked from; null for none
     * @param client id of this client
     */
    record PickLimits(Duration firstAnswer, @Nullable Duration maxAge, String client) {}

    SelectedService(ServiceWatcher watcher, String name, ServiceOptions options, PickLimits limits) {
        this.watcher = watcher;
        this.options = options;
        this.limits = limits;
        String version = options.version();
        this.range = version == null ? null : rangeOf(version);
        this.state = watcher.watch(name);
    }

    @Override
    public String name() {
        return state.name();
    }

    @Override
    public Pick pick() {
        return pick(null, Set.of());
    }

    @Override
    public Pick pick(String key) {
        return pick(key, Set.of());
    }

    @Override
    public Pick call(RegisteredInstance instance) {
        var current = state();
        var list = current.list();
        var listed = list == null ? null : list.find(instance.id());
        return new ActivePick(
                this, current, listed == null ? new ListedInstance(instance, new CallStats()) : listed, null, Set.of());
    }

    /**
     * Picks an instance that isn't among those already tried.
     *
     * @param key null to pick by the strategy
     */
    Pick pick(@Nullable String key, Set<String> tried) {
        var selected = selectForPick();
        var picked = tried.isEmpty()
                ? choose(selected, key)
                : choose(
                        selected.all().stream()
                                .filter(listed -> !tried.contains(listed.id()))
                                .toList(),
                        key);
        if (picked == null) {
            throw none(selected, tried);
        }
        return new ActivePick(this, state, picked, key, tried);
    }

    private PickSelection selectForPick() {
        var selected = select();
        if (selected.list() == null) {
            awaitFirstList();
            selected = select();
        }
        var maxAge = limits.maxAge();
        if (maxAge != null && age().compareTo(maxAge) > 0) {
            state.recordNone();
            throw new NoInstanceException(
                    name(), "The list of " + name() + " is older than " + maxAge + ": the registry is away.");
        }
        return selected;
    }

    /**
     * Chooses among the best instances, and in one of ten picks among those with a half-open circuit breaker. A key has
     * its rank among both in that pick, so that it never changes its instance only for a trial.
     */
    private @Nullable ListedInstance choose(PickSelection selected, @Nullable String key) {
        var trial = selected.trial();
        if (trial.isEmpty()) {
            return choose(selected.best(), key);
        }
        long number = trials.getAndIncrement();
        if (number % TRIAL_INTERVAL != 0) {
            return choose(selected.best(), key);
        }
        return isByKey(key)
                ? choose(selected.withTrial(), key)
                : trial.get((int) (number / TRIAL_INTERVAL % trial.size()));
    }

    private boolean isByKey(@Nullable String key) {
        return key != null || options.strategy() == PickStrategy.CONSISTENT_HASH;
    }

    private @Nullable ListedInstance choose(List<ListedInstance> candidates, @Nullable String key) {
        int size = candidates.size();
        if (key != null) {
            return first(candidates, key);
        }
        long number = turn.getAndIncrement();
        if (size < 2) {
            return size == 0 ? null : candidates.get(0);
        }
        return switch (options.strategy()) {
            case ROUND_ROBIN -> candidates.get((int) Math.floorMod(number, (long) size));
            case WEIGHTED -> rotation.next(candidates);
            case RANDOM -> WeightedDraw.draw(candidates, ThreadLocalRandom.current());
            case CONSISTENT_HASH -> first(candidates, limits.client());
            case LEAST_CONNECTIONS -> LoadComparison.least(candidates, ThreadLocalRandom.current());
            case P2C -> LoadComparison.ofTwo(candidates, ThreadLocalRandom.current());
        };
    }

    private static @Nullable ListedInstance first(List<ListedInstance> candidates, String key) {
        return RendezvousHashing.first(candidates, ListedInstance::id, ListedInstance::weight, key);
    }

    private static VersionRange rangeOf(String version) {
        VersionRange range = VersionRange.of(version);
        if (range == null) {
            throw new IllegalArgumentException(
                    "Invalid version: \"" + version + "\" (expected: a version, or a range such as ^1.2 or >=1.2 <2).");
        }
        return range;
    }

    private NoInstanceException none(PickSelection selected, Set<String> tried) {
        state.recordNone();
        var list = selected.list();
        String cause;
        if (list == null) {
            cause = "no list was received yet";
        } else if (!tried.isEmpty()) {
            cause = "all " + tried.size() + " were tried";
        } else {
            cause = list.instances().size() + " are registered, and none of them is healthy and matches " + options;
        }
        return new NoInstanceException(name(), "No instance of " + name() + " can be picked: " + cause + ".");
    }

    /** Returns the selection of the present list, which is computed again only after a change. */
    // Lists are immutable and replaced as a whole, so that identity suffices.
    @SuppressWarnings("ReferenceEquality")
    private PickSelection select() {
        var current = state();
        var list = current.list();
        if (list == null) {
            return PickSelection.NONE;
        }
        long ejections = current.ejections();
        var known = selection;
        if (known.list() == list && known.ejections() == ejections) {
            return known;
        }
        var selected = PickSelection.of(list, ejections, options, range, limits.client());
        selection = selected;
        return selected;
    }

    /** Returns the state of the service, which is watched again if it had been idle. */
    private ServiceState state() {
        var current = state;
        if (!current.isWatched()) {
            current = watcher.watch(current.name());
            state = current;
        }
        current.touch();
        return current;
    }

    private void awaitFirstList() {
        try {
            state.awaitFirst(limits.firstAnswer());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<RegisteredInstance> instances() {
        return select().best().stream().map(ListedInstance::instance).toList();
    }

    @Override
    public ServiceView view() {
        var selected = select();
        var list = selected.list();
        var doubtful = new ArrayList<>(selected.overdue());
        doubtful.addAll(selected.trial());
        return new ServiceView(
                name(),
                list == null ? List.of() : instances(list.instances()),
                instances(selected.eligible()),
                instances(doubtful),
                list != null && list.panic(),
                list == null ? 0 : list.position(),
                state.confirmedAt());
    }

    private static List<RegisteredInstance> instances(List<ListedInstance> listed) {
        return listed.stream().map(ListedInstance::instance).toList();
    }

    @Override
    public boolean awaitList(Duration timeout) throws InterruptedException {
        return state().awaitFirst(timeout);
    }

    @Override
    public Subscription onChange(Consumer<ServiceChange> listener) {
        return state().listen(listener);
    }

    @Override
    public Freshness freshness() {
        return state().freshness();
    }

    @Override
    public Duration age() {
        var age = state().age();
        return age == null ? LONGEST : age;
    }
}
