package dev.aicore.discovery.spring.testing;

import dev.aicore.discovery.client.Freshness;
import dev.aicore.discovery.client.NoInstanceException;
import dev.aicore.discovery.client.Pick;
import dev.aicore.discovery.client.RegisteredInstance;
import dev.aicore.discovery.client.RegisteredInstance.Status;
import dev.aicore.discovery.client.Service;
import dev.aicore.discovery.client.ServiceChange;
import dev.aicore.discovery.client.ServiceView;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Service with a list in memory, from which the first untried instance is picked. Records the outcomes of calls. */
public final class ListedService implements Service {
    private final String name;
    private final List<String> outcomes = new CopyOnWriteArrayList<>();
    private volatile List<RegisteredInstance> instances = List.of();
    private volatile Freshness freshness = Freshness.LIVE;

    public ListedService(String name) {
        this.name = name;
    }

    /** Replaces the list. */
    public ListedService with(String... ids) {
        instances = List.of(ids).stream().map(id -> instance(name, id)).toList();
        return this;
    }

    public ListedService withoutList() {
        freshness = Freshness.MISSING;
        return this;
    }

    public static RegisteredInstance instance(String service, String id) {
        return new RegisteredInstance(
                id,
                service,
                "10.0.0.1",
                8080,
                "http",
                "1.2.3",
                "a",
                50,
                List.of(),
                Map.of("region", "eu"),
                Status.HEALTHY,
                false,
                false,
                true,
                -1);
    }

    /** Returns the outcomes of the calls that ended, such as {@code p1 failed}. */
    public List<String> outcomes() {
        return List.copyOf(outcomes);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Pick pick() {
        return pick(new HashSet<>());
    }

    @Override
    public Pick pick(String key) {
        return new FakePick(instances.stream()
                .filter(instance -> instance.id().equals(key))
                .findFirst()
                .orElseThrow(() -> new NoInstanceException(name, "No instance")));
    }

    @Override
    public Pick call(RegisteredInstance instance) {
        return new FakePick(instance);
    }

    private Pick pick(Set<String> tried) {
        var next = instances.stream()
                .filter(instance -> tried.add(instance.id()))
                .findFirst()
                .orElseThrow(() -> new NoInstanceException(name, "No instance"));
        return new FakePick(next, tried);
    }

    @Override
    public List<RegisteredInstance> instances() {
        return instances;
    }

    @Override
    public ServiceView view() {
        return new ServiceView(name, instances, instances, List.of(), false, 1, null);
    }

    /** Makes the list known. */
    @Override
    public boolean awaitList(Duration timeout) {
        freshness = Freshness.LIVE;
        return true;
    }

    @Override
    public Subscription onChange(Consumer<ServiceChange> listener) {
        return () -> {};
    }

    @Override
    public Freshness freshness() {
        return freshness;
    }

    @Override
    public Duration age() {
        return Duration.ZERO;
    }

    private final class FakePick implements Pick {
        private final RegisteredInstance instance;
        private final Set<String> tried;
        private boolean ended;

        FakePick(RegisteredInstance instance) {
            this(instance, new HashSet<>());
        }

        FakePick(RegisteredInstance instance, Set<String> tried) {
            this.instance = instance;
            this.tried = tried;
        }

        @Override
        public RegisteredInstance instance() {
            return instance;
        }

        @Override
        public void succeeded() {
            end("succeeded");
        }

        @Override
        public void failed() {
            end("failed");
        }

        @Override
        public void discarded() {
            end("discarded");
        }

        @Override
        public Pick next() {
            return pick(tried);
        }

        @Override
        public void close() {
            end("failed");
        }

        private void end(String outcome) {
            if (!ended) {
                ended = true;
                outcomes.add(instance.id() + " " + outcome);
            }
        }
    }
}
