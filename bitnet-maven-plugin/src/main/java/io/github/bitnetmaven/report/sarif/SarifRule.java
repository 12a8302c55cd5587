package io.github.bitnetmaven.report.sarif;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.finding.Finding;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a result is about.
 *
 * @param id such as {@code budget/image} or {@code BN001}
 * @param description what it holds against an image
 * @param help what to do
 */
record SarifRule(String id, String description, String help) {
    private static final int MAX_TEXT = 1_000;

    /** Those that the results of the audit are about, each once. */
    static List<SarifRule> of(RecordedAudit audit) {
        Map<String, SarifRule> rules = new LinkedHashMap<>();
        for (Verdict verdict : audit.verdicts()) {
            if (!verdict.kept()) {
                rules.computeIfAbsent(id(verdict), id -> budget(id, verdict.budget()));
            }
        }
        for (Finding finding : audit.findings()) {
            rules.computeIfAbsent(
                    id(finding),
                    id -> new SarifRule(
                            id, Printable.of(finding.title(), MAX_TEXT), Printable.of(finding.advice(), MAX_TEXT)));
        }
        return new ArrayList<>(rules.values());
    }

    static String id(Verdict verdict) {
        return "budget/" + verdict.budget();
    }

    static String id(Finding finding) {
        return Printable.of(finding.rule(), MAX_TEXT);
    }

    private static SarifRule budget(String id, String budget) {
        String limits = switch (budget) {
            case "image" -> "the unpacked size of the image";
            case "withoutModel" -> "the unpacked size of the image without its model";
            case "own" -> "the unpacked size of the layers above the base image";
            case "packed" -> "what a registry transfers for the image";
            case "waste" -> "the bytes that later layers overwrite, remove or hide";
            case "layerCount" -> "the number of layers";
            case "layer" -> "the unpacked size of every layer";
            case "layers" -> "the unpacked size of the layers that an instruction makes";
            case "paths" -> "the size of the files that a pattern matches";
            case "growth" -> "how much the image may grow beyond its baseline";
            case "forbidden" -> "the paths that must not be in any layer";
            default -> "the image";
        };
        return new SarifRule(
                id,
                "The size budget " + budget + " limits " + limits + ".",
                "Remove what need not be in the image; the message names the largest files and the instructions that"
                        + " bring them. If all of it must be there, raise the budget " + budget
                        + " in the <budgets> of bitnet-maven-plugin, and give a <reason>.");
    }
}
