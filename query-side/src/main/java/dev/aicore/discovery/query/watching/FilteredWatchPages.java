package dev.aicore.discovery.query.watching;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.api.watching.InstanceChangeView;
import dev.aicore.discovery.query.watching.ChangeSource.WatchSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Source of the events of one stream with a filter. An instance that no longer matches is gone for the caller. An
 * instance that never matched causes no event, unless the stream was resumed: which instances the caller has of a
 * service is known only after a snapshot of it.
 */
final class FilteredWatchPages implements WatchPageSource {

    private static final String REASON = "filtered";

    /** Maximum number of instances of a service that are remembered. */
    private static final int MAX_REMEMBERED = 10_000;

    private final ServiceWatchPages pages;
    private final WatchFilter filter;

    /** Ids that the caller may have, by service. Ids stay: a page may be read again, because it wasn't sent. */
    private final Map<String, Set<String>> sent = new ConcurrentHashMap<>();

    FilteredWatchPages(ServiceWatchPages pages, WatchFilter filter) {
        this.pages = pages;
        this.filter = filter;
    }

    @Override
    public Mono<WatchPage> page(String name, long after, long upTo) {
        return pages.changes(name, after, upTo)
                .map(changes -> WatchPage.of(
                        changes.stream()
                                .flatMap(change -> filtered(change).stream())
                                .toList(),
                        InstanceChangeView::position,
                        ServiceWatchPages.reached(changes, upTo)));
    }

    @Override
    public Mono<EncodedSnapshot> beginning(String name, long position) {
        return pages.state(name, position).map(state -> {
            var matching = state.instances().stream().filter(filter::match).toList();
            sent.put(
                    name,
                    matching.stream()
                            .map(InstanceView::id)
                            .collect(Collectors.toCollection(ConcurrentHashMap::newKeySet)));
            return pages.encode(name, new WatchSnapshot(state.position(), state.index(), matching));
        });
    }

    @Override
    public Mono<List<String>> changed(List<String> names, long after, long upTo) {
        return pages.changed(names, after, upTo);
    }

    @Override
    public Mono<Void> requireKnown(String parameter, long wanted, long known) {
        return pages.requireKnown(parameter, wanted, known);
    }

    private List<InstanceChangeView> filtered(InstanceChangeView change) {
        var known = sent.get(change.serviceName());
        var instance = change.instance();
        if (instance != null && filter.match(instance)) {
            remember(change.serviceName(), known, change.id());
            return List.of(change);
        }
        if (known != null && !known.contains(change.id())) {
            return List.of();
        }
        return List.of(instance == null ? change : gone(change));
    }

    private void remember(String service, @Nullable Set<String> known, String id) {
        if (known == null) {
            return;
        }
        known.add(id);
        if (known.size() > MAX_REMEMBERED) {
            sent.remove(service);
        }
    }

    private static InstanceChangeView gone(InstanceChangeView change) {
        return new InstanceChangeView(
                change.serviceName(),
                change.position(),
                change.at(),
                InstanceChangeView.Type.GONE,
                change.id(),
                null,
                REASON);
    }
}
