package dev.aicore.discovery.query.history;

import dev.aicore.discovery.access.Caller;
import dev.aicore.discovery.api.history.DiffView.LastChange;
import dev.aicore.discovery.api.history.ServiceSummariesView;
import dev.aicore.discovery.api.history.ServiceSummariesView.ServiceSummary;
import dev.aicore.discovery.config.time.TimeSource;
import dev.aicore.discovery.query.consistency.AsOfParameter;
import dev.aicore.discovery.query.consistency.AsOfResolver;
import dev.aicore.discovery.query.consistency.AuditedReads;
import dev.aicore.discovery.query.consistency.ConsistencyRequirement;
import dev.aicore.discovery.query.consistency.ReadYourWritesBarrier;
import dev.aicore.discovery.query.history.ServiceSummarizer.SummaryPage;
import dev.aicore.discovery.query.history.ServiceSummaryReader.InstanceGroup;
import dev.aicore.discovery.readmodel.database.PositionedResult;
import dev.aicore.discovery.web.ApiResponse;
import dev.aicore.discovery.web.QueryParameters;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Summarizes services for people: by status, version and zone, with their last changes. */
@RestController
final class ServiceSummaryController {

    private final ServiceSummaryReader reader;
    private final ReadYourWritesBarrier readYourWritesBarrier;
    private final AsOfResolver asOfResolver;
    private final TimeSource time;

    ServiceSummaryController(
            ServiceSummaryReader reader,
            ReadYourWritesBarrier readYourWritesBarrier,
            AsOfResolver asOfResolver,
            TimeSource time) {
        this.reader = reader;
        this.readYourWritesBarrier = readYourWritesBarrier;
        this.asOfResolver = asOfResolver;
        this.time = time;
    }

    @GetMapping(path = "/api/v1/service-summaries", produces = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<ApiResponse<ServiceSummariesView>>> summaries(
            QueryParameters queryParameters, Caller caller, ServerHttpRequest request) {
        var summaryRequest = ServiceSummaryRequest.of(queryParameters);
        var requirement = ConsistencyRequirement.of(queryParameters);
        var asOf = AsOfParameter.of(queryParameters, request.getHeaders());
        queryParameters.validate();
        return asOf == null
                ? readYourWritesBarrier
                        .readAtLeast(
                                requirement,
                                AuditedReads.PROJECTIONS,
                                reader.groups(caller.reach(), requirement.position()))
                        .flatMap(read ->
                                answer(read, summaryRequest, view -> ApiResponse.of(view, read.position(), time.now())))
                : asOfResolver
                        .find(asOf, AsOfParameter.AT, requirement.patience())
                        .flatMap(resolved -> reader.groupsAt(resolved.position(), caller.reach())
                                .flatMap(read -> answer(read, summaryRequest, resolved::toResponse)));
    }

    private Mono<ResponseEntity<ApiResponse<ServiceSummariesView>>> answer(
            PositionedResult<List<InstanceGroup>> read,
            ServiceSummaryRequest request,
            Function<ServiceSummariesView, ApiResponse<ServiceSummariesView>> envelope) {
        var summaryPage = new ServiceSummarizer(read.rows()).page(request);
        var names = summaryPage.page().rows().stream().map(ServiceSummary::name).toList();
        return reader.lastChanges(names, read.position())
                .map(last -> envelope.apply(view(summaryPage, last))
                        .next(summaryPage.page().next(ServiceSummary::name))
                        .respond(HttpStatus.OK));
    }

    private static ServiceSummariesView view(SummaryPage summaryPage, Map<String, LastChange> last) {
        var services = summaryPage.page().rows().stream()
                .map(summary -> new ServiceSummary(
                        summary.name(),
                        summary.instances(),
                        summary.byStatus(),
                        summary.overdue(),
                        summary.versions(),
                        summary.zones(),
                        last.get(summary.name())))
                .toList();
        return new ServiceSummariesView(summaryPage.totals(), summaryPage.matching(), services);
    }
}
