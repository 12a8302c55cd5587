package io.github.bitnetmaven.configuration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code <budgets>}. Maven fills the fields; everything is checked when the budgets are made of it. */
public class BudgetsParameters {
    @Nullable LimitParameters image;

    @Nullable LimitParameters withoutModel;

    @Nullable LimitParameters own;

    @Nullable LimitParameters packed;

    @Nullable LimitParameters waste;

    @Nullable LimitParameters layerCount;

    @Nullable LimitParameters layer;

    List<LayerLimitParameters> layers = new ArrayList<>();

    List<PathLimitParameters> paths = new ArrayList<>();

    @Nullable GrowthParameters growth;

    @Nullable ForbiddenParameters forbidden;

    Map<String, @Nullable String> findings = new LinkedHashMap<>();

    /**
     * Takes the maximum of a budget from its property, such as {@code bitnet.budget.image}, which beats the XML. An
     * empty property is kept, to be refused later: it must not switch a budget off unseen.
     *
     * @param property value of a property; null when it is not set
     */
    public void complete(Function<String, @Nullable String> property) {
        image = completed("image", image, property);
        withoutModel = completed("withoutModel", withoutModel, property);
        own = completed("own", own, property);
        packed = completed("packed", packed, property);
        waste = completed("waste", waste, property);
        layerCount = completed("layerCount", layerCount, property);
        layer = completed("layer", layer, property);
        completeFindings(property.apply("bitnet.budget.findings"));
        if (growth == null && property.apply("bitnet.budget.growth") != null) {
            growth = new GrowthParameters();
        }
        if (growth != null) {
            growth.complete(property);
        }
    }

    /** Rules with commas between them, each with a level where it is not ERROR: {@code BN001,BN007=WARN}. */
    private void completeFindings(@Nullable String listed) {
        if (listed == null) {
            return;
        }
        for (String rule : listed.split(",", -1)) {
            int equals = rule.indexOf('=');
            String name = (equals < 0 ? rule : rule.substring(0, equals)).strip();
            findings.put(name, equals < 0 ? "ERROR" : rule.substring(equals + 1));
        }
    }

    private static @Nullable LimitParameters completed(
            String budget, @Nullable LimitParameters configured, Function<String, @Nullable String> property) {
        String name = "bitnet.budget." + budget;
        String maximum = property.apply(name);
        if (configured == null && maximum == null) {
            return null;
        }
        LimitParameters limit = configured == null ? new LimitParameters() : configured;
        limit.complete(maximum, name);
        return limit;
    }

    public @Nullable LimitParameters image() {
        return image;
    }

    public @Nullable LimitParameters withoutModel() {
        return withoutModel;
    }

    public @Nullable LimitParameters own() {
        return own;
    }

    public @Nullable LimitParameters packed() {
        return packed;
    }

    public @Nullable LimitParameters waste() {
        return waste;
    }

    public @Nullable LimitParameters layerCount() {
        return layerCount;
    }

    public @Nullable LimitParameters layer() {
        return layer;
    }

    public List<LayerLimitParameters> layers() {
        return List.copyOf(layers);
    }

    public List<PathLimitParameters> paths() {
        return List.copyOf(paths);
    }

    public @Nullable GrowthParameters growth() {
        return growth;
    }

    public @Nullable ForbiddenParameters forbidden() {
        return forbidden;
    }

    /** Rule to level, such as {@code BN001} to {@code ERROR}, as written: null where the element is empty. */
    public Map<String, @Nullable String> findings() {
        return Collections.unmodifiableMap(findings);
    }
}
