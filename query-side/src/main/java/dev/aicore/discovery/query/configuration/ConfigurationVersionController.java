package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.api.configuration.ConfigurationETag;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.configuration.ConfigurationReader.Versions;
import dev.aicore.discovery.query.configuration.ConfigurationView.ConfigurationVersionsView;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.Page;
import dev.aicore.discovery.web.QueryParameters;
import dev.aicore.discovery.web.TextConstraint;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import tools.jackson.databind.util.RawValue;

/** Returns the versions of configurations and their schemas. */
@RestController
@RequestMapping(path = ConfigurationQueryController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
final class ConfigurationVersionController {

    private static final TextConstraint NUMBER =
            TextConstraint.matching(Pattern.compile("[1-9][0-9]{0,8}"), "a number, 1 or greater");

    private final ConfigurationReader reader;
    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final TimeSource time;

    ConfigurationVersionController(
            ConfigurationReader reader, ReadYourWritesBarrier readYourWritesBarrier, TimeSource time) {
        this.reader = reader;
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.time = time;
    }

    @GetMapping("/versions")
    Mono<ResponseEntity<ApiResponse<ConfigurationVersionsView>>> versions(
            @PathVariable("service_name") String service, QueryParameters queryParameters) {
        QueryNameRules.SERVICE.require("service_name", service);
        int limit = Page.limit(queryParameters);
        int before = queryParameters.integerOr("cursor", 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
        var requirement = ConsistencyRequirement.of(queryParameters);
        queryParameters.validate();
        // One row more than the limit shows whether there is a next page.
        return readYourWritesBarrier
                .readAtLeast(requirement, ConfigurationReader.PROJECTIONS, reader.versions(service, before, limit + 1))
                .map(result -> page(service, result, limit));
    }

    @GetMapping("/versions/{version}")
    Mono<ResponseEntity<ApiResponse<ConfigurationView>>> version(
            @PathVariable("service_name") String service,
            @PathVariable String version,
            QueryParameters queryParameters) {
        QueryNameRules.SERVICE.require("service_name", service);
        int number = Integer.parseInt(NUMBER.require("version", version));
        var requirement = ConsistencyRequirement.of(queryParameters);
        queryParameters.validate();
        return readYourWritesBarrier
                .readAtLeast(requirement, ConfigurationReader.PROJECTIONS, reader.versions(service, Set.of(number)))
                .map(result -> ApiResponse.of(one(service, result.rows(), number), result.position(), time.now())
                        .respond(HttpStatus.OK, headers -> headers.setETag(ConfigurationETag.ofVersion(number))));
    }

    @GetMapping("/schema")
    Mono<ResponseEntity<ApiResponse<SchemaView>>> schema(
            @PathVariable("service_name") String service, QueryParameters queryParameters) {
        QueryNameRules.SERVICE.require("service_name", service);
        var requirement = ConsistencyRequirement.of(queryParameters);
        queryParameters.validate();
        return readYourWritesBarrier
                .readAtLeast(requirement, ConfigurationReader.PROJECTIONS, reader.schema(service))
                .map(result -> {
                    var view = result.rows().orElseThrow(() -> NotFoundErrors.schema(service));
                    return ApiResponse.of(view, result.position(), time.now())
                            .respond(
                                    HttpStatus.OK,
                                    headers -> headers.setETag(ConfigurationETag.ofSchema(view.revision())));
                });
    }

    /**
     * Returns the version with a number.
     *
     * @throws dev.aicore.discovery.api.error.RegistryException {@code unknown_configuration} if the service never had a
     * configuration; {@code unknown_version} if the number isn't among the found versions
     */
    static ConfigurationView one(String service, Versions versions, int number) {
        if (!versions.known()) {
            throw NotFoundErrors.configuration(service, 0);
        }
        return versions.versions().stream()
                .filter(version -> version.version() == number)
                .findFirst()
                .orElseThrow(() -> NotFoundErrors.version(service, number));
    }

    private ResponseEntity<ApiResponse<ConfigurationVersionsView>> page(
            String service, PositionedResult<Versions> result, int limit) {
        if (!result.rows().known()) {
            throw NotFoundErrors.configuration(service, 0);
        }
        var page = Page.of(result.rows().versions(), limit);
        return ApiResponse.page(
                new ConfigurationVersionsView(service, page.rows()),
                result.position(),
                time.now(),
                page.next(last -> Integer.toString(last.version())));
    }

    /**
     * Schema of a service's configuration.
     *
     * @param schema as it was sent
     * @param position of the fact that declared it
     */
    record SchemaView(
            String serviceName,
            int revision,
            RawValue schema,
            Instant declaredAt,
            String declaredBy,
            String role,
            @Nullable String reason,
            long position) {}
}
