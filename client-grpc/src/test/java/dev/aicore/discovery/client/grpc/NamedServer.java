package dev.aicore.discovery.client.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Server with one method, which returns the name of the server or fails. */
public final class NamedServer implements AutoCloseable {

    private static final MethodDescriptor.Marshaller<String> TEXT = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static final MethodDescriptor<String, String> NAME = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Names/Name")
            .setRequestMarshaller(TEXT)
            .setResponseMarshaller(TEXT)
            .build();

    private final String name;
    private final Server server;
    private final Queue<StreamObserver<String>> held = new ConcurrentLinkedQueue<>();
    private volatile Status status = Status.OK;
    private volatile boolean isHolding;

    /** Starts a server on a free port of the loopback interface. */
    public NamedServer(String name) throws IOException {
        this.name = name;
        this.server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(ServerServiceDefinition.builder("test.Names")
                        .addMethod(NAME, ServerCalls.asyncUnaryCall(this::answer))
                        .build())
                .build()
                .start();
    }

    private void answer(String request, StreamObserver<String> answers) {
        var present = status;
        if (isHolding) {
            held.add(answers);
        } else if (present.isOk()) {
            answers.onNext(name);
            answers.onCompleted();
        } else {
            answers.onError(present.asRuntimeException());
        }
    }

    /** Returns the port. */
    public int port() {
        return server.getPort();
    }

    /** Answers with this status from now on. */
    void fail(Status failure) {
        status = failure;
    }

    /** Answers no call until {@link #release}. */
    void hold() {
        isHolding = true;
    }

    /** Returns true if a call waits for its answer. */
    boolean isHeld() {
        return !held.isEmpty();
    }

    /** Answers all calls, also those that wait. */
    void release() {
        isHolding = false;
        for (var waiting = held.poll(); waiting != null; waiting = held.poll()) {
            answer("", waiting);
        }
    }

    /** Returns the address and port. */
    String address() {
        return "127.0.0.1:" + port();
    }

    /** Returns the name of the server that answers a call. */
    static String call(Channel channel) {
        return call(channel, CallOptions.DEFAULT);
    }

    static String call(Channel channel, CallOptions options) {
        return ClientCalls.blockingUnaryCall(channel, NAME, options.withDeadlineAfter(20, TimeUnit.SECONDS), "");
    }

    /** Begins a call; returns the name of the server that answers it. */
    static Future<String> begin(Channel channel) {
        return ClientCalls.futureUnaryCall(channel.newCall(NAME, CallOptions.DEFAULT), "");
    }

    /** Returns the names or failures of several calls. */
    public static SortedSet<String> calls(Channel channel, int number) {
        var names = new TreeSet<String>();
        for (int i = 0; i < number; i++) {
            try {
                names.add(call(channel));
            } catch (StatusRuntimeException e) {
                names.add(e.getStatus().getCode().name());
            }
        }
        return names;
    }

    /** Ends all calls and connections. */
    void stop() {
        server.shutdownNow();
    }

    @Override
    public void close() {
        stop();
    }
}
