package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationTag;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.config.web.Answer;
import dev.aicore.discovery.config.web.Paged;
import dev.aicore.discovery.config.web.Query;
import dev.aicore.discovery.config.web.Text;
import dev.aicore.discovery.query.configuration.ConfigurationReader.Versions;
import dev.aicore.discovery.query.database.Marked;
import dev.aicore.discovery.query.instance.Names;
import dev.aicore.discovery.query.watermark.Visibility;
import dev.aicore.discovery.query.watermark.Wanted;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Answers what configurations were, and what they have to be like. */
@RestController
@RequestMapping(path = ConfigurationReadController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class VersionsController {

    private static final Text NUMBER = Text.matching(Pattern.compile("[1-9][0-9]{0,8}"), "a number from 1");

    private final ConfigurationReader reader;
    private final Visibility visibility;
    private final TimeSource time;

    VersionsController(ConfigurationReader reader, Visibility visibility, TimeSource time) {
        this.reader = reader;
        this.visibility = visibility;
        this.time = time;
    }

    @GetMapping("/versions")
    Mono<ResponseEntity<Answer<VersionsView>>> versions(@PathVariable("service_name") String service, Query query) {
        Names.SERVICE.require("service_name", service);
        int limit = Paged.limit(query);
        int before = query.integerOr("cursor", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        var wanted = Wanted.of(query);
        query.orThrow();
        // One more than asked for tells whether there is a next page.
        return visibility
                .reflect(wanted, ConfigurationReader.PROJECTIONS, reader.versions(service, before, limit + 1))
                .map(found -> page(service, found, limit));
    }

    @GetMapping("/versions/{version}")
    Mono<ResponseEntity<Answer<ConfigurationView>>> version(
            @PathVariable("service_name") String service, @PathVariable String version, Query query) {
        Names.SERVICE.require("service_name", service);
        int number = Integer.parseInt(NUMBER.require("version", version));
        var wanted = Wanted.of(query);
        query.orThrow();
        return visibility
                .reflect(wanted, ConfigurationReader.PROJECTIONS, reader.versions(service, Set.of(number)))
                .map(found -> Answer.of(one(service, found.rows(), number), found.position(), time.now())
                        .respond(HttpStatus.OK, headers -> headers.setETag(ConfigurationTag.ofVersion(number))));
    }

    @GetMapping("/schema")
    Mono<ResponseEntity<Answer<SchemaView>>> schema(@PathVariable("service_name") String service, Query query) {
        Names.SERVICE.require("service_name", service);
        var wanted = Wanted.of(query);
        query.orThrow();
        return visibility
                .reflect(wanted, ConfigurationReader.PROJECTIONS, reader.schema(service))
                .map(found -> {
                    var view = found.rows().orElseThrow(() -> Absences.schema(service));
                    return Answer.of(view, found.position(), time.now())
                            .respond(
                                    HttpStatus.OK,
                                    headers -> headers.setETag(ConfigurationTag.ofSchema(view.revision())));
                });
    }

    /** The version of that number, which must be among those that were found. */
    static ConfigurationView one(String service, Versions found, int number) {
        if (!found.known()) {
            throw Absences.configuration(service, 0);
        }
        return found.versions().stream()
                .filter(version -> version.version() == number)
                .findFirst()
                .orElseThrow(() -> Absences.version(service, number));
    }

    private ResponseEntity<Answer<VersionsView>> page(String service, Marked<Versions> found, int limit) {
        if (!found.rows().known()) {
            throw Absences.configuration(service, 0);
        }
        var page = Paged.of(found.rows().versions(), limit);
        return Answer.page(
                new VersionsView(service, page.rows()),
                found.position(),
                time.now(),
                page.next(last -> Integer.toString(last.version())));
    }
}
