package dev.aicore.discovery.healthchecks.probe;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.config.telemetry.TraceContext;
import dev.aicore.discovery.config.telemetry.TracedSpan;
import dev.aicore.discovery.healthchecks.outbound.Egress;
import dev.aicore.discovery.healthchecks.outbound.GrpcChannelPool;
import dev.aicore.discovery.healthchecks.probe.CheckConfig.InvalidCheckException;
import dev.aicore.discovery.healthchecks.probe.ProbeTimeout.CheckRunner;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Calls {@code grpc.health.v1.Health/Check}, gRPC's health checking protocol. */
final class GrpcProber implements CheckRunner {

    private static final Metadata.Key<String> TRACE_PARENT =
            Metadata.Key.of(TraceContext.HEADER, Metadata.ASCII_STRING_MARSHALLER);

    private final Egress egress;
    private final GrpcChannelPool channels;

    GrpcProber(Egress egress, GrpcChannelPool channels) {
        this.egress = egress;
        this.channels = channels;
    }

    @Override
    public Mono<ProbeResult> run(Probe probe) {
        try {
            var config = CheckConfig.of(probe.check());
            var request = HealthCheckRequest.newBuilder()
                    .setService(config.text("service", ""))
                    .build();
            var tls = config.isTrue("tls");
            int seconds = probe.check().timeout();
            return egress.check(probe.address(), config.port(probe.port()))
                    .flatMap(target -> channels.call(target, tls, channel -> call(channel, request, seconds)))
                    .map(GrpcProber::evaluate)
                    .onErrorResume(StatusRuntimeException.class, GrpcProber::evaluate);
        } catch (InvalidCheckException invalid) {
            return Mono.just(invalid.result());
        }
    }

    private static ProbeResult evaluate(HealthCheckResponse response) {
        var status = response.getStatus();
        return status == ServingStatus.SERVING
                ? ProbeResult.pass(status.name())
                : ProbeResult.fail(CheckFailureCode.NOT_SERVING, status.name());
    }

    private static Mono<ProbeResult> evaluate(StatusRuntimeException failure) {
        var code = failure.getStatus().getCode();
        var reason = switch (code) {
            case DEADLINE_EXCEEDED -> CheckFailureCode.TIMEOUT;
            // The server has no service of that name.
            case NOT_FOUND -> CheckFailureCode.NOT_SERVING;
            case UNAVAILABLE -> CheckFailureCode.RESET;
            // The server does not speak gRPC, or has no health service.
            case UNIMPLEMENTED, INTERNAL, UNKNOWN -> CheckFailureCode.PROTOCOL;
            default -> CheckFailureCode.STATUS;
        };
        return Mono.just(ProbeResult.fail(reason, code.name()));
    }

    /** Names the check's span to the target, if the check is recorded. */
    private static Channel traced(Channel channel, @Nullable TracedSpan span) {
        if (span == null) {
            return channel;
        }
        var headers = new Metadata();
        headers.put(TRACE_PARENT, span.context().traceParent());
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static Mono<HealthCheckResponse> call(Channel channel, HealthCheckRequest request, int seconds) {
        return Mono.create(sink -> {
            ListenableFuture<HealthCheckResponse> answer = HealthGrpc.newFutureStub(
                            traced(channel, TracedSpan.of(sink.contextView())))
                    .withDeadlineAfter(seconds, TimeUnit.SECONDS)
                    .check(request);
            sink.onCancel(() -> answer.cancel(true));
            Futures.addCallback(
                    answer,
                    new FutureCallback<>() {
                        @Override
                        public void onSuccess(HealthCheckResponse response) {
                            sink.success(response);
                        }

                        @Override
                        public void onFailure(Throwable failure) {
                            if (!answer.isCancelled()) {
                                sink.error(failure);
                            }
                        }
                    },
                    MoreExecutors.directExecutor());
        });
    }
}
