package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.config.telemetry.TraceContext;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.healthchecks.outbound.Egress;
import dev.aicore.discovery.healthchecks.outbound.OutboundHttpClient;
import dev.aicore.discovery.healthchecks.outbound.OutboundHttpClient.OutboundResponse;
import dev.aicore.discovery.healthchecks.outbound.OutboundRequest;
import dev.aicore.discovery.healthchecks.outbound.OutboundRequest.Security;
import dev.aicore.discovery.healthchecks.probe.CheckConfig.InvalidCheckException;
import dev.aicore.discovery.healthchecks.probe.ProbeTimeout.CheckRunner;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Sends an HTTP or HTTPS request and evaluates the status. A redirect is not followed and counts as a status. */
final class HttpProber implements CheckRunner {

    /** Maximum bytes of a response's body; a check with a longer body fails. */
    static final int MAX_BYTES = 64 * 1024;

    private static final String TLS = "tls";

    private final Egress egress;
    private final OutboundHttpClient http;

    HttpProber(Egress egress, OutboundHttpClient http) {
        this.egress = egress;
        this.http = http;
    }

    @Override
    public Mono<ProbeResult> run(Probe probe) {
        try {
            var config = CheckConfig.of(probe.check());
            var request = request(probe, config);
            var expected = ExpectedStatus.of(config.values().get("expected_status"));
            return egress.check(probe.address(), config.port(probe.port()))
                    .flatMap(target -> Mono.deferContextual(context -> http.exchange(target, traced(request, context))))
                    .map(response -> evaluate(response, expected));
        } catch (InvalidCheckException invalid) {
            return Mono.just(invalid.result());
        }
    }

    /** Names the check's span to the target, if the check is recorded. */
    private static OutboundRequest traced(OutboundRequest request, ContextView context) {
        var span = TracedSpan.of(context);
        return span == null
                ? request
                : request.withHeader(TraceContext.HEADER, span.context().traceParent());
    }

    private static ProbeResult evaluate(OutboundResponse response, ExpectedStatus expected) {
        var status = String.valueOf(response.status());
        if (!expected.includes(response.status())) {
            return ProbeResult.fail(CheckFailureCode.STATUS, status);
        }
        return response.whole() ? ProbeResult.pass(status) : ProbeResult.fail(CheckFailureCode.BODY_TOO_LARGE, status);
    }

    private static OutboundRequest request(Probe probe, CheckConfig config) throws InvalidCheckException {
        var method = config.text("method", "GET");
        var path = config.text("path", "/");
        if (!CheckFieldRule.METHOD.allows(method)) {
            throw new InvalidCheckException("method");
        }
        if (!CheckFieldRule.PATH.allows(path)) {
            throw new InvalidCheckException("path");
        }
        return new OutboundRequest(security(probe, config), method, path, headers(config), MAX_BYTES);
    }

    private static Security security(Probe probe, CheckConfig config) throws InvalidCheckException {
        boolean secure = config.values().containsKey(TLS)
                ? config.isTrue(TLS)
                : probe.protocol().equals("https");
        if (!secure) {
            return Security.PLAIN;
        }
        return config.isTrue("tls_skip_verify") ? Security.UNVERIFIED : Security.VERIFIED;
    }

    private static Map<String, String> headers(CheckConfig config) throws InvalidCheckException {
        var headers = config.texts("headers");
        for (var header : headers.entrySet()) {
            if (!CheckFieldRule.HEADER.allows(header.getKey())
                    || !CheckFieldRule.valueOf(header.getKey()).allows(header.getValue())) {
                throw new InvalidCheckException("headers");
            }
        }
        return headers;
    }
}
