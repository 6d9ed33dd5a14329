package dev.aicore.discovery.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ScriptBundleTest {

    private static final Pattern DECLARATION = Pattern.compile(
            "^(?:export )?(?:async )?(?:function\\*?|const|let|class) (\\w+)|^import (\\w+) from", Pattern.MULTILINE);

    private static final Map<String, String> SCRIPTS = Map.of(
            "app/main.js", """
                    import { a } from './a.js';
                    import { b } from '../parts/b.js';
                    start(() => import('../pages/other.js'));
                    """,
            "app/a.js", """
                    import { h } from 'preact';
                    export const a = h;
                    """,
            "parts/b.js", """
                    import { a } from '../app/a.js';
                    export const b = a;
                    """,
            "parts/c.js", "export const c = '$1';\n",
            "parts/d.js", "export const d = 4;\n",
            "pages/services.js", """
                    import { a } from '../app/a.js';
                    import { c } from '../parts/c.js';
                    """,
            "pages/other.js", """
                    import { b } from '../parts/b.js';
                    import { d } from '../parts/d.js';
                    """);

    @Test
    void file_hasTheModulesOfTheFirstPage_inTheOrderOfTheirImports() {
        var bundle = new ScriptBundle(SCRIPTS);

        assertThat(bundle.members()).containsExactly("app/a.js", "parts/c.js", "parts/b.js", "app/main.js");
        assertThat(lines(bundle, "app/main.js"))
                .containsExactly(
                        "// app/a.js",
                        "import { h } from 'preact';",
                        "export const a = h;",
                        "// parts/c.js",
                        "export const c = '$1';",
                        "// parts/b.js",
                        "export const b = a;",
                        "// app/main.js",
                        "start(() => import('../pages/other.js'));");
    }

    @Test
    void otherModules_importFromTheFile() {
        var bundle = new ScriptBundle(SCRIPTS);

        assertThat(bundle.served())
                .containsOnlyKeys("app/main.js", "pages/services.js", "pages/other.js", "parts/d.js");
        assertThat(lines(bundle, "pages/other.js"))
                .containsExactly("import { b } from '../app/main.js';", "import { d } from '../parts/d.js';");
    }

    @Test
    void missingModule_isNamed() {
        var scripts = new TreeMap<>(SCRIPTS);
        scripts.remove("parts/b.js");

        assertThatThrownBy(() -> new ScriptBundle(scripts)).hasMessageContaining("parts/b.js");
    }

    @Test
    void modulesOfTheFile_declareDifferentNames() {
        var sources = UiSources.withEnding(".js");
        var declaredBy = new HashMap<String, String>();
        for (var path : new ScriptBundle(sources).members()) {
            var source = Objects.requireNonNull(sources.get(path), path);
            DECLARATION.matcher(source).results().forEach(found -> {
                var name = Objects.requireNonNullElse(found.group(1), found.group(2));
                assertThat(declaredBy.put(name, path))
                        .as("%s of %s", name, path)
                        .isNull();
            });
        }
        assertThat(declaredBy).containsKeys("html", "htm", "createStore", "Frame", "Attention");
    }

    private static Iterable<String> lines(ScriptBundle bundle, String path) {
        return Objects.requireNonNull(bundle.served().get(path))
                .lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
