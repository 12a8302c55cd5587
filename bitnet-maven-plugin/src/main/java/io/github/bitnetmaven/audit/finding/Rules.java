package io.github.bitnetmaven.audit.finding;

import io.github.bitnetmaven.audit.measurement.Measurement;
import io.github.bitnetmaven.audit.content.Contents;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All rules. */
public final class Rules {
    /** The first that claims a file has it, so the order matters. A new rule is one line here. */
    private static final List<Rule> ALL = List.of(
            new RepeatedModelRule(),
            new VersionControlRule(),
            new PackageLeftoverRule(),
            new BuildToolRule(),
            new BuildIntermediateRule(),
            new SourceCodeRule(),
            new DevelopmentFileRule(),
            new DocumentationRule(),
            new RepeatedContentRule(),
            new UnstrippedRule(),
            new HiddenBytesRule(),
            new MissingLibraryRule(),
            new RootUserRule(),
            new HealthCheckRule());

    private static final Comparator<Finding> LARGEST_FIRST =
            Comparator.comparingLong(Finding::bytes).reversed().thenComparing(Finding::rule);

    private Rules() {}

    /** Titles by rule, such as {@code BN001}, in the order of the rules. */
    public static Map<String, String> titles() {
        Map<String, String> titles = new TreeMap<>();
        ALL.forEach(rule -> titles.put(rule.id(), rule.title()));
        return titles;
    }

    /**
     * What the rules find in an image, largest first. No byte is in two findings.
     *
     * <p>Files of base layers are nobody's fault who builds on them: they are left out.
     */
    public static List<Finding> findings(Measurement measurement, Contents contents) {
        Inspection image = new Inspection(measurement, contents);
        Map<Rule, Found> found = new LinkedHashMap<>();
        ALL.forEach(rule -> found.put(rule, new Found(rule)));
        image.forEachOwnFile(file -> {
            for (Rule rule : ALL) {
                Rule.Place place = rule.claim(file, image);
                if (place != null) {
                    image.claim(file.index());
                    found.get(rule).add(file, place);
                    return;
                }
            }
        });
        List<Finding> findings = new ArrayList<>();
        found.forEach((rule, ofRule) -> {
            rule.look(image, ofRule);
            findings.addAll(ofRule.findings());
        });
        findings.sort(LARGEST_FIRST);
        return List.copyOf(findings);
    }
}
