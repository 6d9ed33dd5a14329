package dev.aicore.discovery.dialect.eureka;

import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ApplicationList;
import dev.aicore.discovery.dialect.eureka.EurekaAnswer.ListedInstance;
import dev.aicore.discovery.query.discovery.registry.RegistrySnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPOutputStream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Encoded answers that contain all applications of a snapshot: each form is encoded once, outside of the event loops,
 * when it is first requested. They are dropped with their snapshot. Thread-safe.
 */
final class EncodedApplications {

    /** Version of full lists, as Eureka's server has it. */
    static final int VERSION = 1;

    private final EurekaApplications applications;
    private final Map<EncodedForm, Mono<byte[]>> forms = new ConcurrentHashMap<>();

    private record EncodedForm(EurekaFormat format, boolean compact, boolean gzip) {}

    private EncodedApplications(EurekaApplications applications) {
        this.applications = applications;
    }

    /** Returns the encoded answers of a snapshot. */
    static EncodedApplications of(RegistrySnapshot snapshot) {
        return snapshot.derive(EncodedApplications.class, now -> new EncodedApplications(EurekaApplications.of(now)));
    }

    Mono<byte[]> get(EurekaFormat format, boolean compact, boolean gzip) {
        return forms.computeIfAbsent(
                new EncodedForm(format, compact, gzip),
                form -> Mono.fromSupplier(() -> encode(form))
                        .subscribeOn(Schedulers.parallel())
                        .cache());
    }

    private byte[] encode(EncodedForm form) {
        var list = new ApplicationList(VERSION, applications.hash(), listed(applications.listed()), form.compact());
        var written = form.format().write(list);
        return form.gzip() ? gzip(written) : written;
    }

    /** Returns the instances as reads show them. */
    static SortedMap<String, List<ListedInstance>> listed(SortedMap<String, List<EurekaEntry>> applications) {
        var list = new TreeMap<String, List<ListedInstance>>();
        applications.forEach((app, entries) ->
                list.put(app, entries.stream().map(ListedInstance::of).toList()));
        return list;
    }

    static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length / 8 + 64);
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
