package dev.aicore.discovery.query.history;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.FieldError;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.api.history.ClientView;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.AsOfResolver.ResolvedAsOfPoint;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.history.ListReportReader.ReportedList;
import dev.aicore.discovery.query.instance.AsOfInstanceReader;
import dev.aicore.discovery.query.instance.QueryNameRules;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.AsOfPoint;
import dev.aicore.discovery.web.AsOfPoint.AtInstant;
import dev.aicore.discovery.web.AsOfPoint.AtPosition;
import dev.aicore.discovery.web.NameRules;
import dev.aicore.discovery.web.QueryParameters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Returns what a client knew of a service at a point in time, by its own reports. */
@RestController
final class ClientViewController {

    private static final String SERVICE = "service_name";

    private final ListReportReader reports;
    private final AsOfResolver asOfResolver;
    private final AsOfInstanceReader instances;

    ClientViewController(ListReportReader reports, AsOfResolver asOfResolver, AsOfInstanceReader instances) {
        this.reports = reports;
        this.asOfResolver = asOfResolver;
        this.instances = instances;
    }

    @GetMapping(path = "/api/v1/services/{id}/view", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<ClientView>>> view(
            @PathVariable String id, QueryParameters queryParameters, Caller caller, ServerHttpRequest request) {
        NameRules.INSTANCE.require("service_id", id);
        var service = queryParameters.text(SERVICE, QueryNameRules.SERVICE);
        var requirement = ConsistencyRequirement.of(queryParameters);
        var asOf = AsOfParameter.of(queryParameters, request.getHeaders());
        queryParameters.validate();
        if (!caller.coversService(service)) {
            return Mono.error(unknown(id, service));
        }
        return asOfResolver.resolveOrNow(asOf, requirement).flatMap(moment -> {
            var window = new ObservationWindow(id, caller.reach(), null, end(asOf, moment), moment.at());
            return reports.last(window, service)
                    .switchIfEmpty(Mono.error(() -> unknown(id, service)))
                    .flatMap(report -> view(id, service, moment, report));
        });
    }

    /** Returns the end of the reports that count: observations have later positions than the last fact before them. */
    private static @Nullable AsOfPoint end(@Nullable AsOfPoint asOf, ResolvedAsOfPoint moment) {
        return asOf == null || asOf instanceof AtPosition ? asOf : new AtInstant(moment.at());
    }

    private Mono<ResponseEntity<ApiResponse<ClientView>>> view(
            String id, String service, ResolvedAsOfPoint moment, ReportedList report) {
        return instances.ofService(service, report.position()).map(state -> {
            long age = Math.max(
                    0, Duration.between(report.confirmedAt(), moment.at()).toMillis());
            var view = new ClientView(
                    id, service, report.position(), report.confirmedAt(), age, report.reportPosition(), state.rows());
            return moment.toResponse(view).respond(HttpStatus.OK);
        });
    }

    private static RegistryException unknown(String id, String service) {
        return new RegistryException(
                ErrorCode.NOT_FOUND,
                "The instance '" + id + "' has not reported a list of the service '" + service + "' up to then.",
                new FieldError(SERVICE, "was not reported by the instance", service, "a service that it watches"));
    }
}
