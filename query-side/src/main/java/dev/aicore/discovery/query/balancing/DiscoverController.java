package dev.aicore.discovery.query.balancing;

import dev.aicore.discovery.api.balancing.DiscoveredView;
import dev.aicore.discovery.api.instance.InstanceView;
import dev.aicore.discovery.config.access.Caller;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Text;
import dev.aicore.discovery.query.instance.Planned;
import dev.aicore.discovery.query.instance.ServiceInstances;
import dev.aicore.discovery.query.watching.ServiceChanges;
import dev.aicore.discovery.query.watermark.Wanted;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers where a service can be reached. */
@RestController
@RequestMapping(path = "/api/v1/discover", produces = MediaType.APPLICATION_JSON_VALUE)
final class DiscoverController {

    private static final int LARGEST_LIMIT = 1_000;
    private static final Text HASH_KEY = Text.filled(1_024);

    private final ServiceInstances instances;
    private final ServiceChanges changes;
    private final Discovery discovery;
    private final PickCounts counts;
    private final Strategy usual;
    private final TimeSource time;

    DiscoverController(
            ServiceInstances instances,
            ServiceChanges changes,
            Discovery discovery,
            PickCounts counts,
            Strategy usual,
            TimeSource time) {
        this.instances = instances;
        this.changes = changes;
        this.discovery = discovery;
        this.counts = counts;
        this.usual = usual;
        this.time = time;
    }

    @GetMapping
    Mono<ResponseEntity<Answer<DiscoveredView>>> discover(Query query, Caller caller) {
        var strategy = query.choiceOr("load_balancing_strategy", Strategy.byWord(), usual);
        Integer limit = query.integerOrNull("limit", 1, LARGEST_LIMIT);
        var wanted = Wanted.of(query);
        var filters = Filters.of(query);
        String hashKey = query.textOrNull("hash_key", HASH_KEY);
        if (!strategy.isBuilt()) {
            throw Planned.refusal(
                    "load_balancing_strategy", "The strategy '" + strategy.word() + "' is planned and not built yet.");
        }
        Planned.refuse(query, "at");
        Long index = query.numberOrNull("index", 0, Long.MAX_VALUE);
        if (index != null && query.has("min_position")) {
            query.reject("min_position", "can't be given together with index", "one of them");
        }
        query.orThrow();
        String key = strategy == Strategy.IP_HASH || hashKey == null ? caller.sourceAddress() : hashKey;
        int most = limit == null ? Integer.MAX_VALUE : limit;
        BiFunction<List<InstanceView>, Long, Answer<DiscoveredView>> choose = (service, position) -> {
            counts.count(strategy, filters.service(), !service.isEmpty());
            return Answer.of(discovery.choose(service, filters, strategy, key, most), position, time.now());
        };
        var answer = index == null
                ? instances.of(filters.service(), wanted).map(found -> choose.apply(found.rows(), found.position()))
                : changes.beyond(filters.service(), index, wanted.patience())
                        .map(found -> choose.apply(found.instances(), found.position())
                                .changedAt(found.index()));
        return answer.map(found -> found.respond(HttpStatus.OK));
    }
}
