package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Written;
import dev.aicore.discovery.query.snapshot.Found;
import dev.aicore.discovery.query.snapshot.ServiceSnapshot;
import dev.aicore.discovery.query.snapshot.Snapshots;
import dev.aicore.discovery.query.watching.ServiceChanges;
import io.micrometer.tracing.Span;
import reactor.core.publisher.Mono;

/** Answers where a service can be reached. */
final class Discovering {

    private final Snapshots snapshots;
    private final ServiceChanges changes;
    private final PastDiscovering past;
    private final Discovery discovery;
    private final PickCounts counts;
    private final PickTally tally;
    private final TimeSource time;

    Discovering(
            Snapshots snapshots,
            ServiceChanges changes,
            PastDiscovering past,
            Discovery discovery,
            PickCounts counts,
            PickTally tally,
            TimeSource time) {
        this.snapshots = snapshots;
        this.changes = changes;
        this.past = past;
        this.discovery = discovery;
        this.counts = counts;
        this.tally = tally;
        this.time = time;
    }

    /**
     * At once if memory knows the answer.
     *
     * @param span is told what was decided
     */
    Mono<Written> answer(Request request, Caller caller, Span span) {
        if (request.index() != null) {
            return changed(request, request.index(), caller, span);
        }
        if (request.moment() != null) {
            return past.answer(request, request.moment());
        }
        var service = request.filters().service();
        var known = snapshots.known(service, request.wanted());
        return known == null
                ? snapshots.ask(service, request.wanted()).map(found -> answer(request, caller, found, span))
                : Mono.just(answer(request, caller, known, span));
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

    private Written answer(Request request, Caller caller, Found found, Span span) {
        var answer = Answer.of(choose(request, caller, found.service(), span), found.position(), time.now());
        var age = found.age();
        return DiscoveredJson.written(age == null ? answer : answer.stale(age));
    }

    private Discovered choose(Request request, Caller caller, ServiceSnapshot service, Span span) {
        counts.count(
                request.strategy(),
                request.filters().service(),
                !service.candidates().isEmpty());
        var found =
                discovery.choose(service, request.filters(), request.strategy(), request.key(caller), request.limit());
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
