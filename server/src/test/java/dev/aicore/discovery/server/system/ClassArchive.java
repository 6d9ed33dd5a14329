package dev.aicore.discovery.server.system;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Archives the linked classes of libraries for all registries that tests start, because linking takes most of a start's
 * time. The JVMs that run tests share the archive; a JVM that can't use it starts without it.
 */
final class ClassArchive {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /**
     * Options of all JVMs that write or use the archive. It is only valid for the same collector, and only valid with
     * its linked classes for the same options of modules. Collector and compiler save more at a start than they cost in
     * a short run. The archive isn't relocated, because that would copy most of its pages at each start.
     */
    static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+AOTClassLinking",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0");

    private static final Object LOCK = new Object();

    /** Starts and ends a program with these options and class path, to record the classes that it loads. */
    interface Trial {
        void run(List<String> jvm, String classPath) throws IOException;
    }

    private ClassArchive() {}

    /** Returns the class path in the order that an archive requires: archived entries first. */
    static String ordered(String classPath) {
        var entries = entries(classPath);
        return joined(Stream.concat(
                entries.stream().filter(ClassArchive::isJar), entries.stream().filter(entry -> !isJar(entry))));
    }

    /** Returns the options for a JVM with that class path; the first call creates the archive. */
    static List<String> options(String ordered, Trial trial) throws IOException {
        var jars = joined(entries(ordered).stream().filter(ClassArchive::isJar));
        var archive = Path.of("target", "registry-" + Integer.toHexString(fingerprint(jars)) + ".jsa")
                .toAbsolutePath();
        if (!Files.exists(archive) && !isMade(archive, jars, ordered, trial)) {
            return List.of();
        }
        return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off,aot*=off");
    }

    /**
     * Creates the archive; returns false while another JVM creates it, because waiting would take longer than a start
     * without it.
     */
    private static boolean isMade(Path archive, String jars, String ordered, Trial trial) throws IOException {
        synchronized (LOCK) {
            try (var file = FileChannel.open(
                            archive.resolveSibling("registry.jsa.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    var lock = file.tryLock()) {
                if (lock != null && !Files.exists(archive)) {
                    make(archive, jars, ordered, trial);
                }
                return lock != null;
            }
        }
    }

    private static void make(Path archive, String jars, String ordered, Trial trial) throws IOException {
        var loaded = archive.resolveSibling("registry.classes");
        trial.run(List.of("-XX:DumpLoadedClassList=" + loaded), ordered);
        // Written under another name and renamed, because a test run may end at any time.
        var next = archive.resolveSibling("registry.jsa.next");
        var command = new ArrayList<>(List.of(JAVA, "-Xshare:dump", "-Xlog:disable"));
        command.addAll(JVM);
        command.addAll(List.of("-XX:SharedClassListFile=" + loaded, "-XX:SharedArchiveFile=" + next, "-cp", jars));
        var dump = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(archive.resolveSibling("registry.jsa.log").toFile())
                .start();
        dump.onExit().join();
        if (dump.exitValue() != 0) {
            throw new IOException("No archive of classes was made; see registry.jsa.log");
        }
        Files.move(next, archive);
    }

    private static int fingerprint(String jars) throws IOException {
        var stamps = new ArrayList<FileTime>();
        for (var jar : entries(jars)) {
            stamps.add(Files.getLastModifiedTime(Path.of(jar)));
        }
        return List.of(jars, stamps, JVM, System.getProperty("java.vm.version")).hashCode();
    }

    private static boolean isJar(String entry) {
        return entry.endsWith(".jar");
    }

    private static List<String> entries(String classPath) {
        return List.of(classPath.split(File.pathSeparator));
    }

    private static String joined(Stream<String> entries) {
        return String.join(File.pathSeparator, entries.toList());
    }
}
