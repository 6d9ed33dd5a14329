package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.json.JsonDiff;
import dev.aicore.discovery.web.json.JsonDiffEntry;
import dev.aicore.discovery.web.json.JsonPatchOperation;
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

/** Compares two versions of a configuration and returns the differences as a readable list or as a JSON Patch. */
@RestController
@RequestMapping(path = ConfigurationQueryController.PATH + "/diff")
final class ConfigurationDiffController {

    private final ConfigurationReader reader;
    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final TimeSource time;

    ConfigurationDiffController(
            ConfigurationReader reader, ReadYourWritesBarrier readYourWritesBarrier, TimeSource time) {
        this.reader = reader;
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.time = time;
    }

    /** Differences between version {@code from} and version {@code to}. */
    record ConfigurationDiffView(String serviceName, int from, int to, List<JsonDiffEntry> changes) {}

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<ConfigurationDiffView>>> list(
            @PathVariable("service_name") String service, QueryParameters queryParameters) {
        return diff(service, queryParameters)
                .map(result -> ApiResponse.ok(result.rows(), result.position(), time.now()));
    }

    /** Returns the differences as a JSON Patch (RFC 6902). A patch is an array, so it has no envelope. */
    @GetMapping(produces = JsonPatchOperation.MEDIA_TYPE)
    Mono<ResponseEntity<List<JsonPatchOperation>>> patch(
            @PathVariable("service_name") String service, QueryParameters queryParameters) {
        return diff(service, queryParameters)
                .map(result -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType(JsonPatchOperation.MEDIA_TYPE))
                        .header(ApiResponse.POSITION, Long.toString(result.position()))
                        .body(result.rows().changes().stream()
                                .map(JsonDiffEntry::operation)
                                .toList()));
    }

    private Mono<PositionedResult<ConfigurationDiffView>> diff(String service, QueryParameters queryParameters) {
        QueryNameRules.SERVICE.require("service_name", service);
        int from = number(queryParameters, "from");
        int to = number(queryParameters, "to");
        var requirement = ConsistencyRequirement.of(queryParameters);
        queryParameters.validate();
        var both = new LinkedHashSet<>(List.of(from, to));
        return readYourWritesBarrier
                .readAtLeast(requirement, ConfigurationReader.PROJECTIONS, reader.versions(service, Set.copyOf(both)))
                .map(result -> result.map(versions -> {
                    var before = ConfigurationVersionController.one(service, versions, from);
                    var after = ConfigurationVersionController.one(service, versions, to);
                    return new ConfigurationDiffView(service, from, to, JsonDiff.between(text(before), text(after)));
                }));
    }

    private static int number(QueryParameters queryParameters, String name) {
        Integer number = queryParameters.integerOrNull(name, 1, Integer.MAX_VALUE);
        if (!queryParameters.has(name)) {
            queryParameters.reject(name, "is required", "a version number");
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
