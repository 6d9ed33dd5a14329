package dev.aicore.discovery.bench.rig;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Build of Eureka's server and of a caller with Spring Cloud, a separate project next to this module, so that neither
 * affects the other's class path. Maven builds it on first use and after changes.
 *
 * @param version versions of the server and of its Spring Boot
 */
public record EurekaBuild(String classPath, String version) {

    /** Main class of the server. */
    public static final String MAIN = "dev.aicore.discovery.bench.eureka.EurekaServer";

    /** System properties of the launcher: the directory of the project, and the Maven executable. */
    private static final String PROJECT = "bench.eureka";

    private static final String MAVEN = "bench.maven";

    /**
     * Builds Eureka unless the build is up to date.
     *
     * @return empty, with a message on standard error, if it can't be built
     */
    public static Optional<EurekaBuild> make() throws IOException, InterruptedException {
        var project = System.getProperty(PROJECT, "");
        var maven = System.getProperty(MAVEN, "");
        if (project.isEmpty() || maven.isEmpty()) {
            System.err.println("Eureka is skipped: only ./registry bench can build it.");
            return Optional.empty();
        }
        return make(Path.of(project), maven);
    }

    private static Optional<EurekaBuild> make(Path project, String maven) throws IOException, InterruptedException {
        var target = project.resolve("target");
        if (isStale(project, target.resolve("built"))) {
            Files.createDirectories(target);
            var log = target.resolve("build.log");
            System.err.println("Building Eureka (log: " + log + ")");
            var build = new ProcessBuilder(
                            maven,
                            "-B",
                            "-ntp",
                            "-f",
                            project.resolve("pom.xml").toString(),
                            "process-classes")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            build.environment().put("JAVA_HOME", System.getProperty("java.home"));
            if (build.start().waitFor() != 0) {
                System.err.println("Eureka is skipped: its build failed. The output is in " + log + ".");
                return Optional.empty();
            }
            Files.writeString(target.resolve("built"), "");
        }
        return Optional.of(new EurekaBuild(
                target.resolve("classes") + File.pathSeparator + target.resolve("lib/*"), version(target)));
    }

    private static boolean isStale(Path project, Path stamp) throws IOException {
        if (!Files.exists(stamp)) {
            return true;
        }
        var built = Files.getLastModifiedTime(stamp);
        var files = new ArrayList<>(List.of(project.resolve("pom.xml")));
        try (var sources = Files.walk(project.resolve("src"))) {
            sources.forEach(files::add);
        }
        for (var file : files) {
            if (Files.getLastModifiedTime(file).compareTo(built) > 0) {
                return true;
            }
        }
        return false;
    }

    private static String version(Path target) throws IOException {
        return "Spring Cloud Netflix Eureka server %s on Spring Boot %s"
                .formatted(version(target, "spring-cloud-netflix-eureka-server-"), version(target, "spring-boot-"));
    }

    /** Reads the version from the name of the library's file. */
    private static String version(Path target, String library) throws IOException {
        try (var files = Files.list(target.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(library + "[0-9].*\\.jar"))
                    .map(name -> name.substring(library.length(), name.length() - ".jar".length()))
                    .findFirst()
                    .orElse("?");
        }
    }
}
