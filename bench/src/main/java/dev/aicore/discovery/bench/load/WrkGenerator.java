package dev.aicore.discovery.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aicore.discovery.bench.load.LoadGenerator.LoadRound;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Runs the load generator wrk as a child process with one thread, which leaves the other core to the server. */
final class WrkGenerator implements LoadGenerator {

    private static final Pattern RESULT =
            Pattern.compile("bench: micros=(\\d+) answers=(\\d+) errors=(\\d+) p50=(\\d+) p99=(\\d+) p999=(\\d+)");
    private static final Pattern VERSION = Pattern.compile("wrk (?:debian/)?(\\S+)");

    private final String version;

    WrkGenerator(String version) {
        this.version = version;
    }

    /** Returns the version of wrk; empty if it isn't installed. */
    static Optional<String> version() {
        try {
            // Prints the usage, too, and exits with 1.
            var process = new ProcessBuilder("wrk", "--version")
                    .redirectErrorStream(true)
                    .start();
            var found = VERSION.matcher(new String(process.getInputStream().readAllBytes(), UTF_8));
            return Optional.of(found.find() ? found.group(1) : "?");
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    @Override
    public LoadRound run(int port, RequestCycle requestCycle, int connections, Duration duration)
            throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("registry-wrk");
        var bytes = directory.resolve("requests");
        var script = directory.resolve("load.lua");
        try {
            write(requestCycle, bytes);
            Files.writeString(script, script(bytes, requestCycle.mark()));
            return run(port, script, connections, duration);
        } finally {
            Files.deleteIfExists(script);
            Files.deleteIfExists(bytes);
            Files.delete(directory);
        }
    }

    @Override
    public String words() {
        return "wrk " + version;
    }

    private static LoadRound run(int port, Path script, int connections, Duration duration)
            throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + connections,
                        "-d" + duration.toSeconds() + "s",
                        // A longer latency counts as an error.
                        "--timeout",
                        "30s",
                        "-s" + script,
                        "http://127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("wrk failed:\n" + output);
        }
        return parse(output);
    }

    /** @throws IllegalStateException if the line of the script is missing */
    static LoadRound parse(String output) {
        var found = RESULT.matcher(output);
        if (!found.find()) {
            throw new IllegalStateException("wrk printed no result:\n" + output);
        }
        return new LoadRound(
                Long.parseLong(found.group(2)),
                Long.parseLong(found.group(3)),
                Long.parseLong(found.group(1)) / 1e6,
                Long.parseLong(found.group(4)) / 1e3,
                Long.parseLong(found.group(5)) / 1e3,
                Long.parseLong(found.group(6)) / 1e3);
    }

    /** Writes each request after its length, because a request may contain any byte. */
    private static void write(RequestCycle requestCycle, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            for (var request : requestCycle.all()) {
                out.write((request.length + "\n").getBytes(US_ASCII));
                out.write(request);
            }
        }
    }

    /**
     * Returns the Lua script. A function {@code response} makes wrk parse every answer, so it is only added if there is
     * a mark.
     */
    private static String script(Path requests, String mark) {
        var looks = """
                unmarked = 0
                function response(status, headers, body)
                  if status < 300 and not string.find(string.sub(body, 1, 256), '%s', 1, true) then unmarked = unmarked + 1 end
                end
                """.formatted(mark);
        return """
                local threads = {}
                function setup(thread) table.insert(threads, thread) end

                local all = {}
                local n = 0
                function init(arguments)
                  local file = io.open("%s", "rb")
                  for length in function() return file:read("*n") end do
                    file:read(1)
                    table.insert(all, file:read(length))
                  end
                  file:close()
                end
                function request()
                  n = n %% #all + 1
                  return all[n]
                end
                %s
                function done(summary, latency, requests)
                  local unmarked = 0
                  for _, thread in ipairs(threads) do unmarked = unmarked + (thread:get("unmarked") or 0) end
                  local e = summary.errors
                  io.write(string.format("bench: micros=%%d answers=%%d errors=%%d p50=%%d p99=%%d p999=%%d\\n",
                    summary.duration, summary.requests - e.status - unmarked,
                    e.connect + e.read + e.write + e.timeout + e.status + unmarked,
                    latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
                end
                """.formatted(requests, mark.isEmpty() ? "" : looks);
    }
}
