package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.query.configuration.Difference.Step;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.instance.Names;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.Wanted;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers how two versions of a configuration differ: as a list to read, or as a patch. */
@RestController
@RequestMapping(path = ConfigurationReadController.PATH + "/diff")
final class DiffController {

    private static final String JSON_PATCH = "application/json-patch+json";

    private final ConfigurationReader reader;
    private final Visibility visibility;
    private final TimeSource time;

    DiffController(ConfigurationReader reader, Visibility visibility, TimeSource time) {
        this.reader = reader;
        this.visibility = visibility;
        this.time = time;
    }

    /** In what version {@code to} differs from version {@code from}. */
    record DiffView(String serviceName, int from, int to, List<Difference> changes) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Answer<DiffView>>> list(@PathVariable("service_name") String service, Query query) {
        return diff(service, query).map(found -> Answer.ok(found.rows(), found.position(), time.now()));
    }

    /** A patch (RFC 6902) is a list, and so has no envelope. */
    @GetMapping(produces = JSON_PATCH)
    Mono<ResponseEntity<List<Step>>> patch(@PathVariable("service_name") String service, Query query) {
        return diff(service, query)
                .map(found -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(JSON_PATCH))
                        .header(Answer.POSITION, Long.toString(found.position()))
                        .body(found.rows().changes().stream()
                                .map(Difference::step)
                                .toList()));
    }

    private Mono<Marked<DiffView>> diff(String service, Query query) {
        Names.SERVICE.require("service_name", service);
        int from = number(query, "from");
        int to = number(query, "to");
        var wanted = Wanted.of(query);
        query.orThrow();
        var both = new LinkedHashSet<>(List.of(from, to));
        return visibility
                .reflect(wanted, ConfigurationReader.PROJECTIONS, reader.versions(service, Set.copyOf(both)))
                .map(found -> found.map(versions -> {
                    var before = VersionsController.one(service, versions, from);
                    var after = VersionsController.one(service, versions, to);
                    return new DiffView(service, from, to, Differences.between(text(before), text(after)));
                }));
    }

    private static int number(Query query, String name) {
        Integer number = query.integerOrNull(name, 1, Integer.MAX_VALUE);
        if (!query.has(name)) {
            query.reject(name, "is required", "the number of a version");
        }
        return number == null ? 1 : number;
    }

    private static String text(ConfigurationView view) {
        return said(view.configuration() == null ? null : view.configuration().rawValue());
    }

    private static String said(@Nullable Object raw) {
        return String.valueOf(raw);
    }
}
