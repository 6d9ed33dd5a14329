package dev.aicore.discovery.healthchecks.probe;

import dev.aicore.discovery.api.health.CheckFailureCode;
import dev.aicore.discovery.healthchecks.probe.CheckConfig.InvalidCheckException;
import dev.aicore.discovery.healthchecks.probe.Prober.Probe;
import dev.aicore.discovery.healthchecks.probe.ScriptDirectory.DeniedScriptException;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import reactor.core.publisher.Mono;

/**
 * Runs a script of the operator and evaluates its exit code. Uses no shell and no arguments: data of the API reaches
 * the script only in three environment variables. The output is discarded. When the script ends or its timeout passes,
 * all processes that it started are killed. Its time begins when it gets one of the places for concurrent scripts. Half
 * of the places are reserved for instances whose last run was not slow.
 */
final class ScriptProber implements Prober {

    static final int MAX_CONCURRENT = 16;
    static final int MAX_CONCURRENT_SLOW = MAX_CONCURRENT / 2;
    static final int MAX_WAITING = 1_024;

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final File DEV_NULL = new File("/dev/null");
    private static final ThreadFactory THREADS =
            Thread.ofVirtual().name("script-", 0).factory();

    private final ScriptDirectory directory;
    private final ProbeTimeout timeout;
    private final Semaphore admitted = new Semaphore(MAX_CONCURRENT + MAX_WAITING);
    private final Semaphore running = new Semaphore(MAX_CONCURRENT, true);
    private final Semaphore runningSlowly = new Semaphore(MAX_CONCURRENT_SLOW, true);
    private final SlowScriptTracker slow = new SlowScriptTracker();

    ScriptProber(ScriptDirectory directory, ProbeTimeout timeout) {
        this.directory = directory;
        this.timeout = timeout;
    }

    /** Returns the prober of a registry whose operator permits no scripts. */
    static Prober off() {
        return probe -> Mono.just(ProbeResult.fail(CheckFailureCode.DENIED, "scripts are disabled"));
    }

    /**
     * Script that waits or runs.
     *
     * @param thread thread of the script
     * @param begun completes when the script gets a place
     * @param result completes when the script has ended
     */
    private record QueuedRun(Thread thread, CompletableFuture<Boolean> begun, CompletableFuture<ProbeResult> result) {}

    @Override
    public Mono<ProbeResult> probe(Probe probe) {
        // Not eager: eager cleanup would interrupt the thread that delivers the result before it has delivered it.
        return Mono.defer(() -> admitted.tryAcquire()
                ? Mono.using(
                        () -> enqueue(probe),
                        queuedRun -> result(queuedRun, probe),
                        turn -> turn.thread().interrupt(),
                        false)
                : overloaded());
    }

    /**
     * Waits for a place. If all places are occupied for too long, the result is overloaded, which says nothing about
     * the instance.
     */
    private Mono<ProbeResult> result(QueuedRun queuedRun, Probe probe) {
        return Mono.fromFuture(queuedRun.begun(), true)
                .timeout(ProbeTimeout.of(probe), Mono.just(false), timeout.timer())
                .flatMap(
                        begun -> begun ? timeout.wrap(probe, Mono.fromFuture(queuedRun.result(), true)) : overloaded());
    }

    private QueuedRun enqueue(Probe probe) {
        var begun = new CompletableFuture<Boolean>();
        var result = new CompletableFuture<ProbeResult>();
        var thread = THREADS.newThread(() -> {
            try {
                result.complete(runWhenPermitted(probe, begun));
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException failure) {
                result.completeExceptionally(failure);
            } finally {
                admitted.release();
            }
        });
        thread.start();
        return new QueuedRun(thread, begun, result);
    }

    private ProbeResult runWhenPermitted(Probe probe, CompletableFuture<Boolean> begun) throws InterruptedException {
        if (!slow.contains(probe.id())) {
            return runNow(probe, begun);
        }
        runningSlowly.acquire();
        try {
            return runNow(probe, begun);
        } finally {
            runningSlowly.release();
        }
    }

    private ProbeResult runNow(Probe probe, CompletableFuture<Boolean> begun) throws InterruptedException {
        running.acquire();
        long since = timeout.time().nanos();
        try {
            begun.complete(true);
            return execute(directory.find(CheckConfig.of(probe.check()).text("script", "")), probe);
        } catch (InvalidCheckException invalid) {
            return invalid.result();
        } catch (DeniedScriptException denied) {
            return denied.result();
        } finally {
            slow.recordRun(probe.id(), timeout.time().nanos() - since);
            running.release();
        }
    }

    private static Mono<ProbeResult> overloaded() {
        return Mono.just(ProbeResult.fail(CheckFailureCode.OVERLOADED, "scripts"));
    }

    private static ProbeResult execute(Path script, Probe probe) throws InterruptedException {
        Process process;
        try {
            process = builder(script, probe).start();
        } catch (IOException unable) {
            return ProbeResult.fail(CheckFailureCode.SCRIPT_FAILED, "not started");
        }
        try {
            int code = process.waitFor();
            return code == 0
                    ? ProbeResult.pass("0")
                    : ProbeResult.fail(CheckFailureCode.SCRIPT_FAILED, Integer.toString(code));
        } finally {
            ProcessTree.end(process);
        }
    }

    private static ProcessBuilder builder(Path script, Probe probe) {
        var builder = new ProcessBuilder(ProcessTree.command(script))
                .directory(Objects.requireNonNull(script.getParent()).toFile())
                .redirectInput(DEV_NULL)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", PATH,
                        "INSTANCE_ID", probe.id(),
                        "INSTANCE_ADDRESS", probe.address(),
                        "INSTANCE_PORT", Integer.toString(probe.port())));
        return builder;
    }
}
