package dev.aicore.discovery.config.telemetry;

import dev.aicore.discovery.config.settings.MonitoringSettings.TracingSettings;
import dev.aicore.discovery.config.settings.SettingsConfiguration;
import dev.aicore.discovery.config.time.TimeConfiguration;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Configures tracing, which is off unless enabled. */
@Configuration(proxyBeanMethods = false)
@Import({SettingsConfiguration.class, TimeConfiguration.class})
public class TracingConfiguration {

    static final String ENABLED = "service-discovery.monitoring.tracing.enabled";
    private static final String NAME = "service-discovery";

    /** Maximum number of spans that wait for a slow collector; further spans are dropped. */
    private static final int MAX_SPANS_WAITING = 4_096;

    private static final Duration BATCH_INTERVAL = Duration.ofSeconds(1);
    private static final Duration MAX_EXPORT = Duration.ofSeconds(5);

    /** Creates the provider of tracers. Closing it sends the remaining spans. */
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(ENABLED)
    SdkTracerProvider tracerProvider(TracingSettings settings) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(OtlpEndpoint.of(settings.jaegerEndpoint()))
                .setTimeout(MAX_EXPORT)
                .build();
        return SdkTracerProvider.builder()
                .setResource(Resource.create(
                        Attributes.builder().put("service.name", NAME).build()))
                // The recorder begins recorded spans only.
                .setSampler(Sampler.alwaysOn())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setMaxQueueSize(MAX_SPANS_WAITING)
                        .setScheduleDelay(BATCH_INTERVAL)
                        .setExporterTimeout(MAX_EXPORT)
                        .build())
                .build();
    }

    @Bean
    TraceRecorder traceRecorder(
            ObjectProvider<SdkTracerProvider> provider, TracingSettings settings, RandomGenerator random) {
        var traces = provider.getIfAvailable();
        return traces == null
                ? TraceRecorder.disabled()
                : new TraceRecorder(tracer(traces), settings.sampling(), random);
    }

    /** Returns a tracer of Micrometer. Nothing listens to its events: the position in a trace is passed explicitly. */
    static OtelTracer tracer(SdkTracerProvider provider) {
        return new OtelTracer(provider.get(NAME), new OtelCurrentTraceContext(), event -> {});
    }

    @Bean
    RequestTracer requestTracer(TraceRecorder recorder) {
        return new RequestTracer(recorder);
    }
}
