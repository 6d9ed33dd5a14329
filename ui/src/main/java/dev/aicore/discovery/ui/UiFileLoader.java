package dev.aicore.discovery.ui;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.http.MediaType;

/** Reads the files of the UI from the class path. Blocks: it is called once, before the server accepts requests. */
final class UiFileLoader {

    private static final String ROOT = "registry-ui/";
    private static final String PAGE = "index.html";
    private static final String SCRIPT = ".js";
    private static final String VERSION = "{{version}}";
    private static final String IMPORT_MAP = "<script type=\"importmap\">";
    private static final String END_OF_SCRIPT = "</script>";

    /** ES modules of the libraries, by the path at which the UI imports them. */
    private static final Map<String, LibraryFile> LIBRARIES = Map.of(
            "lib/preact.js",
            new LibraryFile("org.webjars.npm/preact", "META-INF/resources/webjars/preact/%s/dist/preact.module.js"),
            "lib/hooks.js",
            new LibraryFile(
                    "org.webjars.npm/preact", "META-INF/resources/webjars/preact/%s/hooks/dist/hooks.module.js"),
            "lib/htm.js",
            new LibraryFile("org.mvnpm/htm", "META-INF/resources/_static/htm/%s/dist/htm.module.js"));

    private static final Map<String, MediaType> TYPES = Map.of(
            "js", new MediaType("text", "javascript", UTF_8),
            "css", new MediaType("text", "css", UTF_8),
            "html", new MediaType("text", "html", UTF_8),
            "svg", MediaType.parseMediaType("image/svg+xml"));

    private final PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();

    /**
     * File of a library, in a folder of its version.
     *
     * @param coordinates group and artifact
     * @param path path on the class path, with a placeholder for the version
     */
    private record LibraryFile(String coordinates, String path) {

        byte[] read() throws IOException {
            var properties = new ClassPathResource("META-INF/maven/" + coordinates + "/pom.properties");
            var version = PropertiesLoaderUtils.loadProperties(properties).getProperty("version");
            return new ClassPathResource(path.formatted(version)).getContentAsByteArray();
        }
    }

    /**
     * Reads all files.
     *
     * @throws UncheckedIOException if a file can't be read, or a library is missing
     */
    UiFiles load() {
        try {
            var contents = new TreeMap<String, byte[]>();
            var scripts = new TreeMap<String, String>();
            for (var file : resolver.getResources("classpath*:" + ROOT + "**/*.*")) {
                if (pathOf(file).endsWith(SCRIPT)) {
                    scripts.put(pathOf(file), ScriptComments.blank(file.getContentAsString(UTF_8)));
                } else {
                    contents.put(pathOf(file), file.getContentAsByteArray());
                }
            }
            new ScriptBundle(scripts).served().forEach((path, text) -> contents.put(path, text.getBytes(UTF_8)));
            for (var library : LIBRARIES.entrySet()) {
                contents.put(library.getKey(), library.getValue().read());
            }
            return files(contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static UiFiles files(SortedMap<String, byte[]> contents) {
        var version = version(contents);
        var template = new String(required(contents, PAGE), UTF_8);
        var page = template.replace(VERSION, version);
        var assets = new TreeMap<String, UiFile>();
        contents.forEach((path, content) -> {
            if (!path.equals(PAGE)) {
                assets.put(path, UiFile.of(type(path), content));
            }
        });
        return new UiFiles(UiFile.of(type(PAGE), page.getBytes(UTF_8)), version, policy(importMap(page)), assets);
    }

    /**
     * Returns the policy. It permits the files of this server, and of inline scripts only the import map, by its hash.
     * No text becomes markup or code: the page may create no Trusted Types.
     */
    private static String policy(String importMap) {
        var hash = Base64.getEncoder().encodeToString(digest().digest(importMap.getBytes(UTF_8)));
        return "default-src 'none'; script-src 'self' 'sha256-" + hash + "'; style-src 'self'; img-src 'self' data:;"
                + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                + " require-trusted-types-for 'script'; trusted-types 'none'";
    }

    private static String importMap(String page) {
        int begin = page.indexOf(IMPORT_MAP);
        int end = page.indexOf(END_OF_SCRIPT, begin);
        if (begin < 0 || end < 0) {
            throw new IllegalStateException("The page of the UI has no import map.");
        }
        return page.substring(begin + IMPORT_MAP.length(), end);
    }

    private static String version(SortedMap<String, byte[]> contents) {
        var digest = digest();
        contents.forEach((path, content) -> {
            digest.update(path.getBytes(UTF_8));
            digest.update(content);
        });
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static String pathOf(Resource file) throws IOException {
        var url = file.getURL().toString();
        return url.substring(url.lastIndexOf(ROOT) + ROOT.length());
    }

    private static byte[] required(SortedMap<String, byte[]> contents, String path) {
        var content = contents.get(path);
        if (content == null) {
            throw new IllegalStateException("The UI has no file " + path + ".");
        }
        return content;
    }

    private static MediaType type(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), MediaType.APPLICATION_OCTET_STREAM);
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
