package dev.doorbuster.order.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mozilla.javascript.Context;

class ModuleBundleTest {
    private static final String ENTRY = "shop/main.js";

    private static String run(Map<String, String> modules) {
        try (Context context = Context.enter()) {
            context.setLanguageVersion(Context.VERSION_ECMASCRIPT);
            return Context.toString(context.evaluateString(
                    context.initSafeStandardObjects(), ModuleBundle.of(modules, ENTRY), ENTRY, 1, null));
        }
    }

    @Test
    void modulesKeepTheirOwnNamesAndRunOnce() {
        assertThat(run(Map.of(
                        ENTRY,
                        "import { add as plus, count } from './a.js';\nimport texts from '../common/texts.js';\nconst own = 'main';\nplus(); own + texts.hello + count();\n",
                        "shop/a.js",
                        "import {\n  counter,\n} from '../common/counter.js';\nconst own = 1;\nexport function add() { counter.value += own; }\nexport const count = () => counter.value;\n",
                        "common/texts.js",
                        "import { counter } from './counter.js';\ncounter.value += 10;\nexport default {\n  hello: ' hello ',\n};\n",
                        "common/counter.js",
                        "export const counter = { value: 100 };\n")))
                .isEqualTo("main hello 111");
    }

    @Test
    void aModulesUrlStaysItsOwn() {
        assertThat(ModuleBundle.of(
                        Map.of(
                                ENTRY,
                                "import { icon } from '../common/top.js';\nicon();\n",
                                "common/top.js",
                                "export const icon = () => new URL('./icon.svg', import.meta.url);\n"),
                        ENTRY))
                .contains("new URL('./icon.svg', new URL('../common/top.js', import.meta.url))");
    }

    @Test
    void whatCannotBeJoinedIsRefused() {
        assertThatThrownBy(() -> ModuleBundle.of(Map.of(ENTRY, "import './a.js';\n"), ENTRY))
                .hasMessageContaining("cannot be joined: import './a.js';");
        assertThatThrownBy(() -> ModuleBundle.of(Map.of(ENTRY, "import { a } from './a.js';\n"), ENTRY))
                .hasMessageContaining("does not exist: shop/a.js");
        assertThatThrownBy(() -> ModuleBundle.of(
                        Map.of(
                                ENTRY,
                                "import { a } from './a.js';\n",
                                "shop/a.js",
                                "import { b } from './b.js';\nexport const a = 1;\n",
                                "shop/b.js",
                                "import { a } from './a.js';\nexport const b = 1;\n"),
                        ENTRY))
                .hasMessageContaining("in a circle");
    }
}
