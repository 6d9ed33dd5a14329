import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Executors;

/**
 * Something to check: an HTTP server on this machine that is as well as it is told to be.
 *
 *     java examples/java/Target.java [PORT [CONTROL_PORT]]      9000 and 9001 if they aren't given; 0 takes any free one
 *
 * It is told by a line on its standard input, or by a POST to http://127.0.0.1:CONTROL_PORT/WORD:
 *
 *     healthy   answers 200
 *     slow      answers nothing until it is told something else, which is later than checks wait
 *     failing   answers 500
 *     moved     answers 302, to itself
 *     huge      answers 200 with a body of a gigabyte
 *     trickle   answers 200 with a body that comes a byte a second, for an hour
 *     closed    doesn't listen at all
 *     quit      ends
 *
 * Needs a JDK, and nothing else.
 */
public final class Target {

    private final InetSocketAddress address;
    private volatile Mode mode = Mode.HEALTHY;
    private HttpServer server;

    private Target(int port) throws IOException {
        open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        address = server.getAddress();
    }

    public static void main(String[] arguments) throws IOException {
        var target = new Target(port(arguments, 0, 9000));
        var control = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port(arguments, 1, 9001)), 0);
        control.createContext("/", target::command);
        control.start();
        say("target http://127.0.0.1:" + target.address.getPort() + " control http://127.0.0.1:"
                + control.getAddress().getPort());
        var words = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var word = words.readLine(); word != null; word = words.readLine()) {
            say(target.become(word.strip()));
        }
    }

    private void command(HttpExchange exchange) throws IOException {
        var word = exchange.getRequestURI().getPath().substring(1);
        if (!exchange.getRequestMethod().equals("POST")) {
            answer(exchange, 405, "POST a word, such as /closed\n");
        } else if (word.equals("quit")) {
            answer(exchange, 200, "bye\n");
            System.exit(0);
        } else {
            var said = become(word);
            answer(exchange, said.startsWith("now ") ? 200 : 404, said + "\n");
        }
    }

    private synchronized String become(String word) {
        if (word.equals("quit")) {
            System.exit(0);
        }
        try {
            var next = Mode.valueOf(word.toUpperCase(Locale.ROOT));
            if (next == Mode.CLOSED && server != null) {
                server.stop(0);
                server = null;
            } else if (next != Mode.CLOSED && server == null) {
                open(address);
            }
            mode = next;
            notifyAll();
            return "now " + word;
        } catch (IllegalArgumentException unknown) {
            return "unknown word; healthy, slow, failing, moved, huge, trickle, closed or quit";
        } catch (IOException taken) {
            return "can't listen again: " + taken.getMessage();
        }
    }

    private void open(InetSocketAddress at) throws IOException {
        server = HttpServer.create(at, 0);
        server.createContext("/", this::check);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private void check(HttpExchange exchange) throws IOException {
        switch (mode) {
            case SLOW -> {
                awaitAnother();
                answer(exchange, 200, "slow\n");
            }
            case FAILING -> answer(exchange, 500, "failing\n");
            case MOVED -> {
                exchange.getResponseHeaders().set("Location", exchange.getRequestURI().getPath());
                answer(exchange, 302, "moved\n");
            }
            case HUGE -> stream(exchange, 1 << 30, new byte[1 << 16], 0);
            case TRICKLE -> stream(exchange, 3_600, new byte[1], 1_000);
            default -> answer(exchange, 200, "healthy\n");
        }
    }

    /** Until all of it is sent, or nobody reads it any more. */
    private static void stream(HttpExchange exchange, long length, byte[] piece, long pauseMillis) throws IOException {
        exchange.sendResponseHeaders(200, length);
        try (var body = exchange.getResponseBody()) {
            for (long sent = 0; sent < length; sent += piece.length) {
                body.write(piece);
                body.flush();
                Thread.sleep(pauseMillis);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitAnother() {
        try {
            while (mode == Mode.SLOW) {
                wait();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var body = text.getBytes(StandardCharsets.UTF_8);
        var silent = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, silent ? -1 : body.length);
        if (!silent) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private static int port(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private enum Mode {
        HEALTHY,
        SLOW,
        FAILING,
        MOVED,
        HUGE,
        TRICKLE,
        CLOSED
    }
}
