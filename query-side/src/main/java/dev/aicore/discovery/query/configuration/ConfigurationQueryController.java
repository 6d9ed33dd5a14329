package dev.aicore.discovery.query.configuration;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.configuration.ConfigurationETag;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.configuration.ConfigurationReader.ConfigurationState;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.AsOfResolver.ResolvedAsOfPoint;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.query.watching.ResumePosition;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.IfNoneMatchHeader;
import dev.aicore.discovery.web.QueryParameters;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Returns a configuration: at once, after its next change, or as a stream of changes. */
@RestController
@RequestMapping(path = ConfigurationQueryController.PATH)
final class ConfigurationQueryController {

    static final String PATH = "/api/v1/configurations/{service_name}";

    private final ConfigurationReader reader;
    private final ConfigurationWatchService watchService;
    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final AsOfResolver asOfResolver;
    private final TimeSource time;

    ConfigurationQueryController(
            ConfigurationReader reader,
            ConfigurationWatchService watchService,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            TimeSource time) {
        this.reader = reader;
        this.watchService = watchService;
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.asOfResolver = asOfResolver;
        this.time = time;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<ConfigurationView>>> present(
            @PathVariable("service_name") String service,
            QueryParameters queryParameters,
            Caller caller,
            ServerWebExchange exchange) {
        QueryNameRules.SERVICE.require("service_name", service);
        var asOf = AsOfParameter.of(queryParameters, exchange.getRequest().getHeaders());
        Long index = queryParameters.numberOrNull("index", 0, Long.MAX_VALUE);
        var requirement = ConsistencyRequirement.of(queryParameters);
        if (index != null && queryParameters.has("min_position")) {
            queryParameters.reject("min_position", "can't be combined with 'index'", "one of them");
        }
        if (index != null && asOf != null) {
            queryParameters.reject("index", "can't be combined with a point in the past", "one of them");
        }
        queryParameters.validate();
        if (asOf != null) {
            return asOfResolver
                    .find(asOf, AsOfParameter.AT, requirement.patience())
                    .flatMap(resolvedAsOfPoint -> past(service, resolvedAsOfPoint, requirement.patience()));
        }
        var state = index == null
                ? readYourWritesBarrier
                        .readAtLeast(
                                requirement, ConfigurationReader.PROJECTIONS, reader.state(service, Long.MAX_VALUE))
                        .map(PositionedResult::rows)
                : watchService.awaitChange(service, index, requirement.patience(), caller);
        return state.map(found -> respond(service, found, exchange));
    }

    @GetMapping(produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Mono<Void> stream(
            @PathVariable("service_name") String service,
            QueryParameters queryParameters,
            Caller caller,
            ServerWebExchange exchange) {
        QueryNameRules.SERVICE.require("service_name", service);
        var from = ResumePosition.of(queryParameters, exchange.getRequest());
        queryParameters.validate();
        return watchService.stream(service, from, caller, exchange.getResponse());
    }

    private Mono<ResponseEntity<ApiResponse<ConfigurationView>>> past(
            String service, ResolvedAsOfPoint resolvedAsOfPoint, Duration patience) {
        var reached = new ConsistencyRequirement(resolvedAsOfPoint.position(), patience);
        return readYourWritesBarrier
                .readAtLeast(
                        reached, ConfigurationReader.PROJECTIONS, reader.state(service, resolvedAsOfPoint.position()))
                .map(result -> {
                    var configurationState = result.rows();
                    var view = configurationState
                            .present()
                            .orElseThrow(() -> NotFoundErrors.configuration(service, configurationState.index()));
                    return resolvedAsOfPoint
                            .toResponse(view)
                            .changedAt(configurationState.index())
                            .respond(
                                    HttpStatus.OK,
                                    headers -> headers.setETag(ConfigurationETag.ofVersion(view.version())));
                });
    }

    /**
     * Returns the configuration. If there is none, the error carries the index as a header, because a caller that waits
     * for a configuration to be created needs it.
     */
    private ResponseEntity<ApiResponse<ConfigurationView>> respond(
            String service, ConfigurationState configurationState, ServerWebExchange exchange) {
        var view = configurationState.present().orElseThrow(() -> {
            exchange.getResponse().getHeaders().set(ApiResponse.INDEX, Long.toString(configurationState.index()));
            return NotFoundErrors.configuration(service, configurationState.index());
        });
        var tag = ConfigurationETag.ofVersion(view.version());
        if (IfNoneMatchHeader.of(exchange.getRequest().getHeaders()).contain(tag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .eTag(tag)
                    .header(ApiResponse.INDEX, Long.toString(configurationState.index()))
                    .header(ApiResponse.POSITION, Long.toString(configurationState.position()))
                    .build();
        }
        return ApiResponse.of(view, configurationState.position(), time.now())
                .changedAt(configurationState.index())
                .respond(HttpStatus.OK, headers -> headers.setETag(tag));
    }
}
