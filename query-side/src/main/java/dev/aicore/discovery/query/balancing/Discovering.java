package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.KnownTags;
import dev.aicore.discovery.config.web.Written;
import dev.aicore.discovery.query.snapshot.Found;
import dev.aicore.discovery.query.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.snapshot.Snapshots;
import dev.aicore.discovery.query.watching.ServiceChanges;
import io.micrometer.tracing.Span;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Answers where a service can be reached. */
final class Discovering {

    private final Snapshots snapshots;
    private final ServiceChanges changes;
    private final PastDiscovering past;
    private final LargeServices large;
    private final Discovery discovery;
    private final PickCounts counts;
    private final PickTally tally;
    private final TimeSource time;

    Discovering(
            Snapshots snapshots,
            ServiceChanges changes,
            PastDiscovering past,
            LargeServices large,
            Discovery discovery,
            PickCounts counts,
            PickTally tally,
            TimeSource time) {
        this.snapshots = snapshots;
        this.changes = changes;
        this.past = past;
        this.large = large;
        this.discovery = discovery;
        this.counts = counts;
        this.tally = tally;
        this.time = time;
    }

    /**
     * At once if memory knows the answer. One of the present, with all instances that the filters let through, has an entity tag.
     *
     * @param had 304 if the answer's tag is among them
     * @param span is told what was decided
     */
    Mono<Written> answer(Request request, Caller caller, KnownTags had, Span span) {
        if (request.index() != null) {
            return changed(request, request.index(), caller, span);
        }
        if (request.moment() != null) {
            return past.answer(request, request.moment());
        }
        var service = request.filters().service();
        var known = snapshots.known(service, request.wanted());
        return known == null
                ? snapshots.ask(service, request.wanted()).flatMap(found -> answer(request, caller, had, found, span))
                : answer(request, caller, had, known, span);
    }

    private Mono<Written> changed(Request request, long index, Caller caller, Span span) {
        return changes.beyond(
                        request.filters().service(), index, request.wanted().patience(), caller)
                .map(found -> {
                    var service = found.memo()
                            .get(
                                    found.position(),
                                    ServiceSnapshot.class,
                                    at -> ServiceSnapshot.of(found.instances(), at));
                    return DiscoveredJson.written(
                            Answer.of(choose(request, caller, service, span), found.position(), time.now())
                                    .changedAt(found.index()));
                });
    }

    private Mono<Written> answer(Request request, Caller caller, KnownTags had, Found found, Span span) {
        if (found.service().isOutline()) {
            return large.discover(
                            found,
                            request.filters(),
                            request.wanted(),
                            from -> choose(request, from.filters(), caller, from.service(), span))
                    .map(chosen -> written(chosen.rows(), chosen.position(), found.age()));
        }
        if (!request.wantsAll() || found.age() != null) {
            return Mono.just(written(choose(request, caller, found.service(), span), found.position(), found.age()));
        }
        var tag = found.service().tag();
        if (had.contain(tag)) {
            return Mono.just(Written.notModified(tag, found.position()));
        }
        return Mono.just(written(choose(request, caller, found.service(), span), found.position(), null)
                .tagged(tag));
    }

    private Written written(Discovered chosen, long position, @Nullable Duration age) {
        var answer = Answer.of(chosen, position, time.now());
        return DiscoveredJson.written(age == null ? answer : answer.stale(age));
    }

    private Discovered choose(Request request, Caller caller, ServiceSnapshot service, Span span) {
        return choose(request, request.filters(), caller, service, span);
    }

    private Discovered choose(Request request, Filters filters, Caller caller, ServiceSnapshot service, Span span) {
        counts.count(
                request.strategy(),
                request.filters().service(),
                !service.candidates().isEmpty());
        var found = discovery.choose(service, filters, request.strategy(), request.key(caller), request.limit());
        if (!found.services().isEmpty()) {
            var pick = found.services().getFirst().view().id();
            tally.picked(request.strategy(), found.serviceName(), pick);
            span.tag("service_discovery.pick", pick);
        }
        span.tag("service_discovery.service", found.serviceName())
                .tag("service_discovery.strategy", found.strategy())
                .tag("service_discovery.candidates", found.total());
        return found;
    }
}
