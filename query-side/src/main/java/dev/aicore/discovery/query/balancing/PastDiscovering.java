package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.config.web.Moment;
import dev.aicore.discovery.config.web.Written;
import dev.aicore.discovery.query.instance.PastReader;
import dev.aicore.discovery.query.moment.Asked;
import dev.aicore.discovery.query.moment.Moments;
import dev.aicore.discovery.query.moment.Then;
import dev.aicore.discovery.query.snapshot.ServiceSnapshot;
import reactor.core.publisher.Mono;

/** Answers where a service could be reached at a moment: what everybody was told, without the order in which each was. */
final class PastDiscovering {

    private final Moments moments;
    private final PastReader past;
    private final Discovery discovery;

    PastDiscovering(Moments moments, PastReader past, Discovery discovery) {
        this.moments = moments;
        this.past = past;
        this.discovery = discovery;
    }

    Mono<Written> answer(Request request, Moment moment) {
        return moments.find(moment, Asked.AT, request.wanted().patience()).flatMap(then -> answer(request, then));
    }

    private Mono<Written> answer(Request request, Then then) {
        return past.ofService(request.filters().service(), then.position()).map(found -> {
            var answer = discovery.list(ServiceSnapshot.of(found), request.filters(), request.limit());
            return DiscoveredJson.written(then.answer(answer));
        });
    }
}
