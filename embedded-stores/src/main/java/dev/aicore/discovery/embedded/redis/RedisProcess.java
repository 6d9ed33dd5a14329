package dev.aicore.discovery.embedded.redis;

import dev.aicore.discovery.embedded.process.ServerProcess;
import dev.aicore.discovery.embedded.process.SetsidCommand;
import dev.aicore.discovery.embedded.redis.RedisServer.RedisStartException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Running server process, a child of this process. */
final class RedisProcess implements ServerProcess {

    private static final Logger log = LoggerFactory.getLogger(RedisProcess.class);

    private static final String READY = "Ready to accept connections";
    private static final long MAX_LOG = 16L << 20;
    private static final int MAX_OUTPUT = 64 << 10;
    private static final int POLL_MILLIS = 10;

    /** Number of polls in one minute: reading the largest file of a cache takes seconds. */
    private static final int MAX_POLLS = 6_000;

    private final Process process;
    private final Path output;
    private final long begin;

    private RedisProcess(Process process, Path output, long begin) {
        this.process = process;
        this.output = output;
        this.begin = begin;
    }

    /** Launches a server and returns at once; {@link #awaitReady} reports success or failure. */
    static RedisProcess launch(Path program, RedisFiles files) {
        try {
            Path output = files.log();
            if (Files.exists(output) && Files.size(output) > MAX_LOG) {
                Files.move(output, output.resolveSibling("redis.log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            long begin = Files.exists(output) ? Files.size(output) : 0;
            var command = List.of(program.toString(), files.configuration().toString());
            Process process = new ProcessBuilder(SetsidCommand.of(command))
                    .directory(files.directory().toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            return new RedisProcess(process, output, begin);
        } catch (IOException unstartable) {
            throw new RedisStartException("Redis couldn't be started: " + unstartable.getMessage(), unstartable);
        }
    }

    @Override
    public void awaitReady() throws InterruptedException {
        for (int poll = 0; poll < MAX_POLLS; poll++) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new RedisStartException("Redis didn't start (exit code " + process.exitValue() + "): "
                        + capturedOutput()
                                .lines()
                                .filter(line -> line.contains("#"))
                                .reduce("", (_, last) -> last.strip())
                        + " See " + output);
            }
            if (capturedOutput().contains(READY)) {
                return;
            }
        }
        stop();
        throw new RedisStartException("Redis wasn't ready after a minute. See " + output);
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public int awaitEnd() throws InterruptedException {
        return process.waitFor();
    }

    /** Stops the server, which then saves its data; kills it if it doesn't react. */
    @Override
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            log.warn("Redis (process {}) didn't end within 10 s", pid());
            process.destroyForcibly().waitFor();
        }
    }

    private String capturedOutput() {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            file.seek(Math.max(begin, file.length() - MAX_OUTPUT));
            byte[] end = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(end);
            return new String(end, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
