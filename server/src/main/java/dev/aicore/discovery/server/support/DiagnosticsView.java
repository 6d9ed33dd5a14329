package dev.aicore.discovery.server.support;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Diagnostics of one process, without secrets.
 *
 * @param versions versions of the registry and of what it runs on, by name
 * @param settings every setting with its value and origin, in the form of a file of settings
 * @param metrics all metrics in the text format of Prometheus; empty if metrics are disabled
 * @param threads one entry per platform thread: name, state and stack
 * @param log the last entries of the log, the oldest one first
 */
record DiagnosticsView(
        Map<String, String> versions, List<String> settings, String metrics, List<String> threads, List<String> log) {

    DiagnosticsView {
        versions = Collections.unmodifiableMap(new TreeMap<>(versions));
        settings = List.copyOf(settings);
        threads = List.copyOf(threads);
        log = List.copyOf(log);
    }
}
