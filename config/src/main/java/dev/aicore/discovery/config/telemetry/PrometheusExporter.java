package dev.aicore.discovery.config.telemetry;

import dev.aicore.discovery.config.telemetry.MetricFamily.Sample;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Exports all metrics in the text format of Prometheus. */
public final class PrometheusExporter {
    /** Media type of the text format that every Prometheus since 0.4 reads. */
    public static final String MEDIA_TYPE = "text/plain;version=0.0.4;charset=utf-8";

    /** Media type of the OpenMetrics format, which Prometheus prefers; only it has exemplars. */
    public static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0;charset=utf-8";

    private static final Pattern COMMENT = Pattern.compile("^# (HELP|TYPE|UNIT) ");
    private static final String END = "# EOF\n";
    private static final String TOTAL = "_total";

    private final PrometheusMeterRegistry registry;
    private final List<MetricFamily> families;

    PrometheusExporter(PrometheusMeterRegistry registry, List<MetricFamily> families) {
        this.registry = registry;
        this.families = List.copyOf(families);
    }

    /**
     * Returns all metrics with their current values. Reads files of the operating system: don't call it on an event
     * loop.
     */
    public String scrape() {
        var text = new StringBuilder(registry.scrape(MEDIA_TYPE));
        families.forEach(metricFamily -> append(
                text, metricFamily, metricFamily.name(), metricFamily.kind().typeName()));
        return text.toString();
    }

    /** Returns all metrics in the OpenMetrics format, with exemplars. Reads files like {@link #scrape()}. */
    public String scrapeOpenMetrics() {
        var text = new StringBuilder(registry.scrape(OPEN_METRICS));
        text.setLength(text.length() - END.length());
        families.forEach(metricFamily -> appendOpenMetrics(text, metricFamily));
        return text.append(END).toString();
    }

    /**
     * Returns all metrics except the families whose names begin with one of the prefixes. Reads files like
     * {@link #scrape()}.
     *
     * @param openMetrics whether the format is OpenMetrics
     */
    public String textWithout(List<String> prefixes, boolean openMetrics) {
        var text = openMetrics ? scrapeOpenMetrics() : scrape();
        if (prefixes.isEmpty()) {
            return text;
        }
        return text.lines()
                .filter(line -> {
                    var name = COMMENT.matcher(line).replaceFirst("");
                    return prefixes.stream().noneMatch(name::startsWith);
                })
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** OpenMetrics declares a counter without the suffix of its samples. A counter of another name has no type. */
    private static void appendOpenMetrics(StringBuilder text, MetricFamily metricFamily) {
        var name = metricFamily.name();
        if (metricFamily.kind() == MetricFamily.Kind.GAUGE) {
            append(text, metricFamily, name, metricFamily.kind().typeName());
        } else if (name.endsWith(TOTAL)) {
            append(
                    text,
                    metricFamily,
                    name.substring(0, name.length() - TOTAL.length()),
                    metricFamily.kind().typeName());
        } else {
            append(text, metricFamily, name, "unknown");
        }
    }

    private static void append(StringBuilder text, MetricFamily metricFamily, String declared, String type) {
        text.append("# HELP ")
                .append(declared)
                .append(' ')
                .append(metricFamily.help())
                .append('\n');
        text.append("# TYPE ").append(declared).append(' ').append(type).append('\n');
        for (Sample sample : metricFamily.samples().get()) {
            text.append(metricFamily.name())
                    .append(labels(sample.labels()))
                    .append(' ')
                    .append(sample.value())
                    .append('\n');
        }
    }

    private static String labels(Map<String, String> labels) {
        return labels.isEmpty()
                ? ""
                : labels.entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + '"')
                        .collect(Collectors.joining(",", "{", "}"));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
