package dev.aicore.discovery.server.ctl;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Runs a rebuild or verification, and shows its progress and result. */
final class RebuildRunner {

    private static final long POLL_MILLIS = 200;
    private static final int POLLS_PER_LINE = 10;
    private static final int BAR = 30;

    private final ReadModelRebuilder models;
    private final CtlContext ctlContext;

    RebuildRunner(ReadModelRebuilder models, CtlContext ctlContext) {
        this.models = models;
        this.ctlContext = ctlContext;
    }

    /**
     * Starts a run and blocks until it has ended.
     *
     * @return 0 if it was done and the comparison of a verification found no difference; otherwise 1
     */
    int run(String task, String name) {
        var begun = models.start(task, name);
        var run = begun;
        for (int polls = 0; !run.has("ended_at"); polls++) {
            progress(run, polls);
            CtlContext.pause(POLL_MILLIS);
            run = models.current(begun);
            if (!run.path("started_at").equals(begun.path("started_at"))) {
                throw new CtlException("The registry no longer knows this " + task
                        + ": it was restarted, or another task was started. See `projections status`.");
            }
        }
        progress(run, 0);
        if (ctlContext.terminal.isTerminal()) {
            ctlContext.terminal.err().println();
        }
        return result(task, run);
    }

    private int result(String task, JsonNode run) {
        if (run.has("failure")) {
            throw new CtlException(
                    "The " + task + " failed: " + run.path("failure").asString());
        }
        boolean equal = run.path("checks")
                .valueStream()
                .allMatch(check -> check.path("equal").asBoolean());
        if (ctlContext.commonOptions.json()) {
            ctlContext.terminal.json(run);
        } else {
            report(task, run, equal);
        }
        return task.equals("rebuild") || equal ? 0 : 1;
    }

    private void report(String task, JsonNode run, boolean equal) {
        var out = ctlContext.terminal.out();
        boolean rebuild = task.equals("rebuild");
        if (run.path("checks").isEmpty()) {
            out.println("The previous tables were no longer updated, so nothing was compared.");
        } else {
            var textTable = new TextTable("TABLE", rebuild ? "WHEN" : "SOURCE", "ROWS", "SHA-256");
            for (var check : run.path("checks")) {
                var name = check.path("table");
                textTable.add(name, rebuild ? "before" : "serving", check.path("rows"), check.path("sha256"));
                textTable.add(
                        name, rebuild ? "after" : "store", check.path("expected_rows"), check.path("expected_sha256"));
            }
            textTable.print(out);
        }
        for (var check : run.path("checks")) {
            if (!check.path("equal").asBoolean()) {
                out.println(check.path("table").asString() + " differed from the store: "
                        + ResponseFormatter.value(check.path("different")));
            }
        }
        out.println("The " + task + " of " + models(run) + " is done, up to position "
                + run.path("position").asString() + ": "
                + (equal ? "all rows equal the store." : rebuild ? "the differences are corrected." : "rows differ."));
    }

    private void progress(JsonNode run, int polls) {
        var err = ctlContext.terminal.err();
        if (ctlContext.terminal.isTerminal()) {
            err.print("\r" + bar(run) + "\u001b[K");
            err.flush();
        } else if (polls % POLLS_PER_LINE == 0) {
            err.println(line(run));
        }
    }

    private static String bar(JsonNode run) {
        int full = (int) Math.clamp(percent(run) * BAR / 100, 0, BAR);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + line(run);
    }

    private static String line(JsonNode run) {
        if (run.path("target").asLong() == 0 && !run.has("ended_at")) {
            return run.path("task").asString() + " of " + models(run) + " begins";
        }
        var eta = run.has("eta_seconds") ? ", " + run.path("eta_seconds").asString() + " s to go" : "";
        return String.format(
                Locale.ROOT,
                "%s of %s: %.1f %%, %d of %d, %.0f events/s%s",
                run.path("task").asString(),
                models(run),
                percent(run),
                run.path("position").asLong(),
                run.path("target").asLong(),
                run.path("events_per_second").asDouble(),
                eta);
    }

    private static double percent(JsonNode run) {
        long target = run.path("target").asLong();
        return target == 0
                ? run.has("ended_at") ? 100 : 0
                : 100.0 * run.path("position").asLong() / target;
    }

    private static String models(JsonNode run) {
        return ResponseFormatter.list(run.path("models"));
    }
}
