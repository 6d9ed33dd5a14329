package dev.aicore.discovery.ui;

import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Modules that the first page needs, in one file, so that a browser sends one request for all of them. The file has the
 * path of the main module. It contains the modules in the order in which a browser would run them, without the imports
 * between them; all other modules import from the file. Its modules share one scope, so no two of them may declare the
 * same name.
 */
final class ScriptBundle {

    private static final String MAIN = "app/main.js";
    private static final String FIRST_PAGE = "pages/services.js";
    private static final String PAGES = "pages/";

    /** Import from a file of the UI: names, and the path relative to the importing file. */
    private static final Pattern IMPORT =
            Pattern.compile("^(import \\{[^}]*} from )'(\\.{1,2}/[^']+)';$", Pattern.MULTILINE);

    private final Map<String, String> scripts;
    private final SequencedSet<String> members = new LinkedHashSet<>();

    /**
     * Creates the bundle.
     *
     * @param scripts texts of all modules, by path
     */
    ScriptBundle(Map<String, String> scripts) {
        this.scripts = scripts;
        var visited = new HashSet<String>();
        include(FIRST_PAGE, visited);
        include(MAIN, visited);
    }

    /** Returns the paths of the modules in the file, each after those that it imports. */
    SequencedSet<String> members() {
        return Collections.unmodifiableSequencedSet(members);
    }

    /** Returns the texts to serve, by path: the file, and all modules that are not in it. */
    SortedMap<String, String> served() {
        var served = new TreeMap<String, String>();
        scripts.keySet().stream()
                .filter(path -> !members.contains(path))
                .forEach(path -> served.put(path, withImports(path)));
        served.put(
                MAIN,
                members.stream()
                        .map(path -> "// " + path + "\n" + withImports(path))
                        .collect(Collectors.joining()));
        return served;
    }

    private void include(String path, Set<String> visited) {
        if (visited.add(path)) {
            IMPORT.matcher(script(path)).results().forEach(found -> include(target(path, found.group(2)), visited));
            if (!path.startsWith(PAGES)) {
                members.add(path);
            }
        }
    }

    /** Returns a module whose imports of members name the file, or are left out if it is a member itself. */
    private String withImports(String path) {
        return IMPORT.matcher(script(path)).replaceAll(found -> {
            if (!members.contains(target(path, found.group(2)))) {
                return Matcher.quoteReplacement(found.group());
            }
            return members.contains(path) ? "" : Matcher.quoteReplacement(found.group(1) + "'../" + MAIN + "';");
        });
    }

    private String script(String path) {
        var script = scripts.get(path);
        if (script == null) {
            throw new IllegalStateException("The UI has no module " + path + ".");
        }
        return script;
    }

    private static String target(String path, String relative) {
        return URI.create(path).resolve(relative).getPath();
    }
}
