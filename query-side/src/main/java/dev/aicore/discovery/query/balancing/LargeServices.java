package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.web.Json;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.instance.ServiceInstances;
import dev.aicore.discovery.query.snapshot.Candidate;
import dev.aicore.discovery.query.snapshot.Found;
import dev.aicore.discovery.query.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.watermark.Wanted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Discovers among the instances of a service of which only an outline is in memory: what an outline doesn't tell is looked for in
 * PostgreSQL, and those that are answered are read there.
 */
final class LargeServices {

    private final ServiceInstances instances;

    LargeServices(ServiceInstances instances) {
        this.instances = instances;
    }

    /**
     * Answers one request.
     *
     * @param outline perhaps further than PostgreSQL, since it changes with each fact that is appended
     * @param wanted what PostgreSQL must reflect
     * @param choose chooses from a service by filters that go by nothing but what an outline tells
     * @return with the position that all of it reflects; fails with {@code not_yet_visible}, or with {@code answer_too_large} if those
     *     that are chosen say more than may be read at once
     */
    Mono<Marked<Discovered>> discover(
            Found outline, Filters filters, Wanted wanted, Function<Selected, Discovered> choose) {
        return selected(outline, filters, wanted).flatMap(service -> {
            var chosen = choose.apply(new Selected(service.rows(), filters.ofOutline()));
            return whole(chosen, filters, wanted).map(found -> earliest(found, service.position()));
        });
    }

    /**
     * What there is to choose from.
     *
     * @param service what is left of it
     * @param filters what is left of them
     */
    record Selected(ServiceSnapshot service, Filters filters) {}

    private Mono<Marked<ServiceSnapshot>> selected(Found outline, Filters filters, Wanted wanted) {
        if (filters.tags().isEmpty() && filters.metadata().isEmpty()) {
            return Mono.just(new Marked<>(outline.service(), outline.position()));
        }
        return instances
                .idsOf(filters.service(), contained(filters), wanted)
                .map(found -> earliest(found.map(outline.service()::only), outline.position()));
    }

    private static <T> Marked<T> earliest(Marked<T> found, long other) {
        return new Marked<>(found.rows(), Math.min(found.position(), other));
    }

    private static String contained(Filters filters) {
        var contained = new LinkedHashMap<String, Object>();
        if (!filters.tags().isEmpty()) {
            contained.put("tags", filters.tags());
        }
        if (!filters.metadata().isEmpty()) {
            contained.put("metadata", filters.metadata());
        }
        return Json.mapper().writeValueAsString(contained);
    }

    /** Who has gone since the outline was read is left out, and who isn't what was asked for any more. */
    private Mono<Marked<Discovered>> whole(Discovered chosen, Filters filters, Wanted wanted) {
        var ids = chosen.services().stream()
                .map(candidate -> candidate.view().id())
                .toList();
        if (ids.isEmpty()) {
            return Mono.just(new Marked<>(chosen, Long.MAX_VALUE));
        }
        return instances
                .some(chosen.serviceName(), ids, wanted)
                .map(read -> read.map(rows -> {
                    Map<String, Candidate> found = rows.stream()
                            .filter(filters::match)
                            .collect(Collectors.toMap(InstanceView::id, Candidate::new));
                    return chosen.of(ids.stream()
                            .map(found::get)
                            .filter(Objects::nonNull)
                            .toList());
                }));
    }
}
