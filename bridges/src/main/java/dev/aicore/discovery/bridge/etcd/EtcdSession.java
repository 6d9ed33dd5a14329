package dev.aicore.discovery.bridge.etcd;

import com.google.protobuf.ByteString;
import dev.aicore.discovery.bridge.model.BridgeOrigin;
import dev.aicore.discovery.bridge.model.BridgePlan;
import dev.aicore.discovery.bridge.sync.ForeignCatalog;
import dev.aicore.discovery.bridge.sync.ForeignCatalog.ForeignInstance;
import dev.aicore.discovery.bridge.sync.ForeignRegistryException;
import dev.aicore.discovery.bridge.sync.WritePermit;
import dev.aicore.discovery.config.time.TimeSource;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.Event;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.KeyValue;
import io.etcd.jetcd.api.LeaseGrantRequest;
import io.etcd.jetcd.api.LeaseGrpc;
import io.etcd.jetcd.api.LeaseKeepAliveRequest;
import io.etcd.jetcd.api.LeaseKeepAliveResponse;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.RangeRequest;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.WatchCreateRequest;
import io.etcd.jetcd.api.WatchGrpc;
import io.etcd.jetcd.api.WatchRequest;
import io.etcd.jetcd.api.WatchResponse;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Connection to a member of etcd, with a lease for what is exported. Ends with the first failure. */
final class EtcdSession implements AutoCloseable {

    private static final int PAGE = 1_000;

    /** Maximum number of operations in a transaction: etcd allows 128 by default. */
    private static final int MAX_OPERATIONS = 100;

    private final ManagedChannel channel;
    private final Channel calls;
    private final EtcdOptions options;
    private final EtcdInstanceCodec codec;
    private final @Nullable BridgeOrigin leased;
    private final Duration timeout;
    private final TimeSource time;
    private final long lease;
    private long keptAliveAt;

    private EtcdSession(
            ManagedChannel channel,
            Channel calls,
            EtcdOptions options,
            EtcdInstanceCodec codec,
            @Nullable BridgeOrigin leased,
            Duration timeout,
            TimeSource time) {
        this.channel = channel;
        this.calls = calls;
        this.options = options;
        this.codec = codec;
        this.leased = leased;
        this.timeout = timeout;
        this.time = time;
        this.lease = leased == null ? 0 : grant();
        this.keptAliveAt = time.nanos();
    }

    /**
     * Connects to a member.
     *
     * @param leased mark of what the bridge exports, which then gets a lease; null if it exports nothing
     */
    static EtcdSession open(
            String endpoint,
            EtcdOptions options,
            EtcdInstanceCodec codec,
            @Nullable BridgeOrigin leased,
            Duration timeout,
            TimeSource time)
            throws IOException {
        var channel = EtcdChannels.open(endpoint, options, timeout);
        try {
            var calls = EtcdChannels.authenticated(channel, options, timeout);
            return new EtcdSession(channel, calls, options, codec, leased, timeout, time);
        } catch (IOException | RuntimeException e) {
            channel.shutdownNow();
            throw e;
        }
    }

    private long grant() {
        return LeaseGrpc.newBlockingStub(calls)
                .withDeadlineAfter(timeout)
                .leaseGrant(LeaseGrantRequest.newBuilder()
                        .setTTL(options.leaseTtl().toSeconds())
                        .build())
                .getID();
    }

    /** Reads everything, and then each change; after a compaction of unread changes, everything again. */
    void follow(ForeignCatalog catalog) throws ForeignRegistryException, StatusException, InterruptedException {
        while (true) {
            watchFrom(readAll(catalog) + 1, catalog);
        }
    }

    /** Applies changes from a revision on, and keeps the lease alive. Returns if unread changes were compacted. */
    void watchFrom(long revision, ForeignCatalog catalog)
            throws ForeignRegistryException, StatusException, InterruptedException {
        var keepAlives =
                ClientCalls.blockingBidiStreamingCall(calls, LeaseGrpc.getLeaseKeepAliveMethod(), CallOptions.DEFAULT);
        try {
            watch(revision, catalog, keepAlives);
        } finally {
            keepAlives.cancel("The session has ended.", null);
        }
    }

    /** Reads all entries at one revision, which it returns. */
    private long readAll(ForeignCatalog catalog) throws ForeignRegistryException {
        var instances = new HashMap<String, ForeignInstance>();
        var invalid = new HashSet<String>();
        var from = codec.key("");
        long revision = 0;
        while (true) {
            var page = KVGrpc.newBlockingStub(calls)
                    .withDeadlineAfter(timeout)
                    .range(RangeRequest.newBuilder()
                            .setKey(from)
                            .setRangeEnd(rangeEnd())
                            .setLimit(PAGE)
                            .setRevision(revision)
                            .build());
            revision = revision == 0 ? page.getHeader().getRevision() : revision;
            for (var entry : page.getKvsList()) {
                var key = codec.instanceKey(entry.getKey());
                var instance = codec.decode(key, entry.getValue());
                if (instance == null) {
                    invalid.add(key);
                } else if (!isOfEarlierSession(entry, new ForeignInstance(instance, ""))) {
                    instances.put(key, new ForeignInstance(instance, version(entry.getModRevision())));
                }
            }
            if (!page.getMore()) {
                catalog.replaceAll(instances, invalid, version(revision));
                return revision;
            }
            from = page.getKvs(page.getKvsCount() - 1).getKey().concat(ByteString.copyFrom(new byte[1]));
        }
    }

    private void watch(
            long revision,
            ForeignCatalog catalog,
            BlockingClientCall<LeaseKeepAliveRequest, LeaseKeepAliveResponse> keepAlives)
            throws ForeignRegistryException, StatusException, InterruptedException {
        var watch = ClientCalls.blockingBidiStreamingCall(calls, WatchGrpc.getWatchMethod(), CallOptions.DEFAULT);
        try {
            watch.write(WatchRequest.newBuilder()
                    .setCreateRequest(WatchCreateRequest.newBuilder()
                            .setKey(codec.key(""))
                            .setRangeEnd(rangeEnd())
                            .setStartRevision(revision)
                            .setProgressNotify(true))
                    .build());
            while (true) {
                var response = next(watch);
                keepAlive(keepAlives);
                if (response == null) {
                    continue;
                }
                if (response.getCompactRevision() > 0) {
                    return;
                }
                if (response.getCanceled()) {
                    throw new ForeignRegistryException("etcd has ended the watch: " + response.getCancelReason());
                }
                for (var event : response.getEventsList()) {
                    apply(event, catalog);
                }
            }
        } finally {
            watch.cancel("The watch has ended.", null);
        }
    }

    /** Returns the next response; null if the lease is to be kept alive first. */
    private @Nullable WatchResponse next(BlockingClientCall<WatchRequest, WatchResponse> watch)
            throws ForeignRegistryException, StatusException, InterruptedException {
        long due = keptAliveAt + keepAliveInterval().toNanos() - time.nanos();
        try {
            var response = watch.read(Math.max(1, due), TimeUnit.NANOSECONDS);
            if (response == null) {
                throw new ForeignRegistryException("etcd has ended the watch.");
            }
            return response;
        } catch (TimeoutException e) {
            return null;
        }
    }

    private Duration keepAliveInterval() {
        return options.leaseTtl().dividedBy(3);
    }

    private void keepAlive(BlockingClientCall<LeaseKeepAliveRequest, LeaseKeepAliveResponse> keepAlives)
            throws ForeignRegistryException, StatusException, InterruptedException {
        if (time.nanos() - keptAliveAt < keepAliveInterval().toNanos()) {
            return;
        }
        keptAliveAt = time.nanos();
        if (leased == null) {
            return;
        }
        keepAlives.write(LeaseKeepAliveRequest.newBuilder().setID(lease).build());
        try {
            var response = keepAlives.read(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response == null || response.getTTL() <= 0) {
                throw new ForeignRegistryException("The lease of what was exported to etcd has expired.");
            }
        } catch (TimeoutException e) {
            throw new ForeignRegistryException("etcd does not answer.", e);
        }
    }

    private void apply(Event event, ForeignCatalog catalog) throws ForeignRegistryException {
        var entry = event.getKv();
        var key = codec.instanceKey(entry.getKey());
        var version = version(entry.getModRevision());
        if (event.getType() == Event.EventType.DELETE) {
            catalog.remove(key, version);
            return;
        }
        var instance = codec.decode(key, entry.getValue());
        if (instance == null) {
            catalog.putInvalid(key, version);
            return;
        }
        var found = new ForeignInstance(instance, version);
        if (isOfEarlierSession(entry, found)) {
            catalog.remove(key, version);
        } else {
            catalog.put(key, found);
        }
    }

    /**
     * Returns true for an entry of this bridge that will vanish with the lease of an earlier session. It counts as
     * absent, so that it is written again with the present lease if it is still to exist.
     */
    private boolean isOfEarlierSession(KeyValue entry, ForeignInstance found) {
        return leased != null && leased.isOf(found.instance()) && entry.getLease() != lease;
    }

    private static String version(long revision) {
        return "etcd revision " + revision;
    }

    void write(BridgePlan plan, WritePermit permit) throws ForeignRegistryException {
        var operations = new ArrayList<RequestOp>();
        plan.added().forEach((key, instance) -> operations.add(put(key, codec.value(instance))));
        plan.changed().forEach((key, instance) -> operations.add(put(key, codec.value(instance))));
        plan.removed().keySet().forEach(key -> operations.add(deletion(key)));
        for (int at = 0; at < operations.size(); at += MAX_OPERATIONS) {
            permit.require();
            commit(operations.subList(at, Math.min(operations.size(), at + MAX_OPERATIONS)));
        }
    }

    private RequestOp put(String key, ByteString value) {
        var put = PutRequest.newBuilder().setKey(codec.key(key)).setValue(value).setLease(lease);
        return RequestOp.newBuilder().setRequestPut(put).build();
    }

    private RequestOp deletion(String key) {
        var deletion = DeleteRangeRequest.newBuilder().setKey(codec.key(key));
        return RequestOp.newBuilder().setRequestDeleteRange(deletion).build();
    }

    private void commit(List<RequestOp> operations) {
        var _ = KVGrpc.newBlockingStub(calls)
                .withDeadlineAfter(timeout)
                .txn(TxnRequest.newBuilder().addAllSuccess(operations).build());
    }

    /** Returns the first key after all keys with the prefix. */
    private ByteString rangeEnd() {
        // The prefix ends with a slash.
        var prefix = options.keyPrefix();
        return ByteString.copyFromUtf8(prefix.substring(0, prefix.length() - 1) + (char) ('/' + 1));
    }

    /** Ends the connection. The lease runs out, unless a next session writes its entries again. */
    @Override
    public void close() {
        channel.shutdownNow();
    }
}
