package io.github.bitnetmaven.it.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.html.HtmlReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The HTML report in a real browser: it is looked at, clicked and typed at. */
class HtmlReportIT {
    private static final int FILES = 10_000;

    private static Browser browser;

    @TempDir
    static Path directory;

    private static Path fat;
    private static SampleAudit fatAudit;

    @BeforeAll
    static void openBrowser() throws Exception {
        fatAudit = SampleAudit.fat(FILES);
        fat = fatAudit.render(directory.resolve("fat"), "html").resolve(HtmlReport.FILE);
        browser = new Browser();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void asOnADesk() throws Exception {
        browser.width(1280).media("light", "screen");
        browser.console();
        browser.requests();
    }

    @AfterEach
    void nothingIsLoadedAndNothingFails() throws Exception {
        assertThat(browser.console()).isEmpty();
        assertThat(browser.requests()).allMatch(url -> url.endsWith("/" + HtmlReport.FILE) || url.endsWith("#content"));
    }

    @Test
    void aClickZoomsIntoTheTreemapAndEscapeLeadsBack() {
        browser.open(fat);
        assertThat(crumbs()).isEqualTo("image");
        browser.clickCorner(cell("/usr/local/lib/python3.11"));
        assertThat(crumbs()).isEqualTo("image / python / usr/local/lib/python3.11/site-packages");
        assertThat(browser.find(".treemap + .detail").getText()).startsWith("/usr/local/lib/python3.11/site-packages/");
        browser.press(Keys.ESCAPE);
        assertThat(crumbs()).isEqualTo("image / python");
        browser.press(Keys.ESCAPE);
        browser.press(Keys.ESCAPE);
        assertThat(crumbs()).isEqualTo("image");
    }

    @Test
    void theTreemapIsUsedByKeyboardAlone() {
        browser.open(fat);
        browser.script("document.querySelector('.treemap button[tabindex=\"0\"]').focus()");
        assertThat(browser.focusedLabel()).startsWith("model; 1.19 GB, exactly 1,187,801,280 B; ");
        browser.press(Keys.ARROW_RIGHT);
        assertThat(browser.focusedLabel()).startsWith("python; ");
        browser.press(Keys.ARROW_DOWN);
        assertThat(browser.focusedLabel()).startsWith("/usr/local/lib/python3.11/site-packages; ");
        browser.press(Keys.ARROW_UP);
        assertThat(browser.focusedLabel()).startsWith("python; ");
        browser.press(Keys.ENTER);
        assertThat(crumbs()).isEqualTo("image / python");
        assertThat(browser.find("[role=status].hidden").getAttribute("textContent")).startsWith("Showing python: ");
        browser.press(Keys.ESCAPE);
        assertThat(browser.focusedLabel()).startsWith("python; ");
        browser.press(Keys.TAB);
        assertThat(browser.focusedLabel()).isEqualTo("The same as a table");
        browser.press(Keys.ENTER);
        browser.waitFor("return document.querySelector('.alternative table') !== null");
        assertThat(browser.find(".alternative table").getText()).contains("model").contains("1,187,801,280");
        browser.pressWithShift(Keys.TAB);
        assertThat(browser.focusedLabel()).startsWith("python; ");
    }

    @Test
    void everyAreaCanBeOpenedUntilTheFileIsThere() {
        SampleAudit equal = new SampleAudit("acme/equal:1").layer("COPY files/ /files/", false);
        for (int i = 0; i < 2_000; i++) {
            equal.file("files/f%04d".formatted(i), 1_000, "system");
        }
        open(equal, "equal");
        browser.clickCorner(cell("/files"));
        for (int i = 0; i < 12 && browser.all(".cell.rest").size() > 0; i++) {
            browser.clickCorner(browser.find(".cell.rest"));
        }
        assertThat(browser.all("[aria-label^='/files/f1999; ']")).as(browser.find("#treemap").getText()).hasSize(1);
    }

    @Test
    void theModelCanBeLeftOut() {
        browser.open(fat);
        browser.find(".without").click();
        assertThat(crumbs()).isEqualTo("image / without the model");
        assertThat(browser.all("[aria-label^='model; ']")).isEmpty();
        assertThat(browser.find(".treemap + .detail").getText()).contains("python");
        browser.press(Keys.ESCAPE);
        assertThat(crumbs()).isEqualTo("image");
    }

    @Test
    void theTreemapAddsUpToWhatAContainerSees() {
        browser.open(fat);
        assertThat(browser.find("#treemap header .note").getText()).startsWith(ByteSize.print(fatAudit.bytes()));
        browser.find(".alternative summary").click();
        browser.waitFor("return document.querySelector('.alternative table') !== null");
        long sum = 0;
        for (WebElement bytes : browser.all(".alternative td:nth-child(3)")) {
            sum += Long.parseLong(bytes.getText().replace(",", ""));
        }
        assertThat(sum).isEqualTo(fatAudit.bytes());
        assertThat(browser.find("#files [role=status]").getText()).startsWith("%,d files, ".formatted(fatAudit.fileCount()));
    }

    @Test
    void aSearchFindsFilesByPathLayerAndComponent() {
        browser.open(fat);
        browser.press("/");
        browser.press("CC1Plus");
        assertThat(browser.find("#files [role=status]").getText()).isEqualTo("1 file found, 28.1 MB (28,117,464 B).");
        assertThat(browser.find("#files tbody").getText()).startsWith("/usr/libexec/gcc/x86_64-linux-gnu/12/cc1plus");
        browser.press(Keys.ESCAPE);
        browser.press("layer:3 component:left");
        assertThat(browser.find("#files [role=status]").getText()).isEqualTo("1 file found, 31.6 MB (31,554,432 B).");
        browser.find("#files tbody button").click();
        assertThat(crumbs()).isEqualTo("image / leftovers / app/.git/objects/pack");
        assertThat(browser.focusedLabel()).startsWith("/app/.git/objects/pack/pack-5d1c.pack; ");
        browser.find("[aria-label='Show the files of layer 4']").click();
        assertThat(browser.find("#search").getAttribute("value")).isEqualTo("layer:4 ");
        assertThat(browser.find("#files [role=status]").getText()).isEqualTo("1 file found, 1.19 GB (1,187,801,280 B).");
    }

    @Test
    void whatGrewIsThereWhenThereIsABaseline() throws Exception {
        browser.open(fat);
        assertThat(browser.find("#growth").getText()).contains(
                "Against the baseline src/image-baseline.json, of registry.example.org/team/llm/bitnet-python:2026.11-rc1.",
                "Own layers\n+9 MB\n+9,000,000 B (+17.6 %)\n51 MB → 60 MB",
                "Files: 1 file added (9,900,112 B), 1 removed (900,112 B), 0 resized (+0 B), 1 moved (8,113 B).",
                "/usr/bin/cmake added +9.9 MB +9,900,112 0 9,900,112",
                "/srv/server.py /app/server.py 8,113");
        open(SampleAudit.lean(), "lean-without-growth");
        assertThat(browser.all("#growth")).isEmpty();
    }

    @Test
    void theTrendIsThereWhenThereIsAHistory() throws Exception {
        open(SampleAudit.drifting(24), "drifting");
        assertThat(browser.find("#trend").getText()).contains(
                "24 audits of 24 revisions, from 2026-10-01 to 2026-10-30",
                "Without the model\n3.96 MB → 4.88 MB: +920,000 B (+23.2 %).",
                "lowest of the last 12 revisions: 4,400,552 B",
                "limit: 4,488,563 B, for growth of 2 % above the lowest",
                "Model\n1.1 GB → 1.19 GB: +87,752,896 B (+8.0 %).");
        assertThat(browser.all("#trend .own [role=group] .point")).hasSize(24);
        browser.script("document.querySelector('#trend .point[tabindex=\"0\"]').focus()");
        assertThat(browser.focusedLabel()).matches("[0-9a-f]{12}; 2026-10-30 03:30 UTC; 4.88 MB, exactly 4,880,552 B, \\+40,000 B \\(\\+0.8 %\\) to the one before; FAIL");
        browser.press(Keys.ARROW_LEFT);
        assertThat(browser.focusedLabel()).contains("2026-10-28 21:30 UTC; 4.84 MB, exactly 4,840,552 B");
        assertThat(browser.find("#trend .trend .detail").getText()).contains("2026-10-28 21:30 UTC", "exactly 4,840,552 B");
        browser.press(Keys.HOME);
        assertThat(browser.focusedLabel()).contains("2026-10-01 09:30 UTC; 3.96 MB, exactly 3,960,552 B; PASS");
        WebElement fourth = browser.all("#trend .model [role=group] .point").get(3);
        new Actions(browser.driver).moveToElement(fourth).perform();
        assertThat(browser.all("#trend .trend .detail").get(1).getText()).contains("2026-10-05 03:30 UTC; 1.1 GB, exactly 1,100,048,384 B, as before; PASS");
        browser.find("#trend .alternative summary").click();
        assertThat(browser.find("#trend tbody tr").getText()).contains("2026-10-30 03:30 UTC FAIL 4,880,552", "1,187,801,280");
        open(SampleAudit.lean(), "lean-without-trend");
        assertThat(browser.all("#trend")).isEmpty();
    }

    @Test
    void aLongHistoryIsCutAndARevisionIsOnlyEverText() {
        open(SampleAudit.drifting(120).revision("<img src=x onerror=window.broken=1>"), "hostile-trend");
        assertThat(browser.all("#trend .own [role=group] .point")).hasSize(120);
        assertThat(browser.find("#trend .detail").getText()).startsWith("<img src=x onerror=window.broken=1>\n");
        assertThat(browser.script("return window.broken === undefined")).isEqualTo(true);
        open(SampleAudit.drifting(230), "long-trend");
        assertThat(browser.all("#trend .own [role=group] .point")).hasSize(200);
        assertThat(browser.find("#trend header .note").getText()).endsWith("; 30 older audits left out");
    }

    @Test
    void theThemeIsTheSystemsUntilOneIsChosen() {
        browser.media("dark", "screen").open(fat);
        String dark = background();
        browser.media("light", "screen");
        String light = background();
        assertThat(dark).isNotEqualTo(light);
        WebElement button = browser.find("#theme");
        assertThat(button.getText()).isEqualTo("Theme: auto");
        button.click();
        button.click();
        assertThat(button.getText()).isEqualTo("Theme: dark");
        assertThat(background()).isEqualTo(dark);
        browser.open(fat);
        assertThat(background()).isEqualTo(dark);
        browser.find("#theme").click();
        assertThat(background()).isEqualTo(light);
    }

    @Test
    void aPageThatMayStoreNothingWorksAllTheSame() {
        try (Browser frame = new Browser()) {
            frame.driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source",
                    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } });"));
            frame.open(fat).find("#theme").click();
            assertThat(frame.find("#theme").getText()).isEqualTo("Theme: light");
        }
    }

    @Test
    void namesOfAnImageAreOnlyEverText() {
        List<String> attacks = List.of(
                "</script><script>window.broken=1</script>",
                "<img src=x onerror=window.broken=1>",
                "\"><svg onload=window.broken=1>",
                "' onfocus='window.broken=1' autofocus='",
                "javascript:window.broken=1",
                "</style><style>*{display:none}",
                "<!--<script>",
                "${data}${scripts}",
                "__proto__",
                "constructor",
                "\u202egnp.exe",
                "nul\u0000 bell\u0007 esc\u001b[31m",
                "half \ud83d and \udca9",
                "\u05e9\u05dc\u05d5\u05dd\u0645\u0631\u062d\u0628\u0627",
                "line\u2028para\u2029",
                "x".repeat(4_096));
        SampleAudit hostile = new SampleAudit("acme/" + String.join("", attacks.subList(0, 6)));
        for (String attack : attacks) {
            hostile.layer("RUN " + attack, false)
                    .file("opt/" + attack + "/" + attack, 40_000, attack)
                    .finding(attack, attack, attack, 0, 10, attack);
        }
        hostile.budget("paths", "/opt" + attacks.get(1), 0);
        open(hostile, "hostile");
        browser.find(".alternative summary").click();
        for (WebElement cell : browser.all(".treemap button.directory")) {
            assertThat(cell.getAttribute("aria-label")).isNotBlank();
        }
        assertThat(browser.script("return window.broken === undefined")).isEqualTo(true);
        assertThat(browser.all("img, iframe, object, embed, link, base, form, main svg[onload], [onerror], [onfocus], [autofocus]")).isEmpty();
        assertThat((Long) browser.script("return document.scripts.length")).isEqualTo(3);
        String text = browser.find("main").getText();
        assertThat(text).contains("<img src=x onerror=window.broken=1>", "?gnp.exe", "nul? bell? esc?[31m", "half ? and ?", "line para",
                "${data}${scripts}", "__proto__", "\u05e9\u05dc\u05d5\u05dd");
        assertThat(text).doesNotContain("x".repeat(2_001), "\u202e");
        assertThat((Long) browser.script("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(1280);
    }

    @Test
    void sizesArePrintedAsEverywhereElse() {
        browser.open(fat);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Long> values = new ArrayList<>(List.of(0L, 1L, 999L, 1_000L, 1_004L, 1_005L, 9_995L, 99_949L, 999_499L, 999_500L,
                999_999_999L, 1_187_801_280L, 999_500_000_000L, 123_456_789_012_345L));
        for (int i = 0; i < 500; i++) {
            values.add(random.nextLong(1L << random.nextInt(1, 50)));
        }
        Object printed = browser.script("return arguments[0].map(size)", values);
        assertThat(printed).as("seed " + seed).isEqualTo(values.stream().map(ByteSize::print).toList());
    }

    @Test
    void anAuditThatCouldNotBeDoneSaysWhy() throws Exception {
        Path failed = directory.resolve("failed");
        SampleAudit.renderFailed(failed, "acme/bitnet:1.0", "Cannot audit acme/bitnet:1.0: layer 2 is cut off. Save the image again.");
        browser.open(failed.resolve(HtmlReport.FILE));
        assertThat(browser.find("#verdict").getText()).contains("ERROR", "Cannot audit acme/bitnet:1.0: layer 2 is cut off. Save the image again.");
        assertThat(browser.all("section")).isEmpty();
        browser.keepPicture("error");
    }

    @Test
    void nothingKeepsAnybodyOut() {
        for (String scheme : List.of("light", "dark")) {
            for (String which : List.of("fat", "lean", "drifting")) {
                browser.media(scheme, "screen");
                open(which.equals("fat") ? SampleAudit.fat(400) : which.equals("lean") ? SampleAudit.lean() : SampleAudit.drifting(24), "axe-" + which);
                browser.all(".alternative summary").forEach(WebElement::click);
                List<Rule> violations = new AxeBuilder().analyze(browser.driver).getViolations();
                assertThat(violations).as(scheme + ", " + which).extracting(rule -> rule.getId() + ": " + rule.getNodes().get(0).getHtml()).isEmpty();
            }
        }
    }

    @Test
    void itLooksRightEverywhere() throws Exception {
        Path lean = SampleAudit.lean().render(directory.resolve("lean"), "html").resolve(HtmlReport.FILE);
        Path drifting = SampleAudit.drifting(24).render(directory.resolve("drifting-pictures"), "html").resolve(HtmlReport.FILE);
        for (String scheme : List.of("light", "dark")) {
            for (int width : List.of(1280, 400)) {
                browser.width(width).media(scheme, "screen").open(drifting).keepPicture("trend-" + scheme + "-" + width);
                assertThat((Long) browser.script("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
                browser.width(width).media(scheme, "screen").open(fat).keepPicture("fat-" + scheme + "-" + width);
                assertThat((Long) browser.script("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
                browser.open(lean).keepPicture("lean-" + scheme + "-" + width);
                assertThat((Long) browser.script("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
            }
        }
        browser.width(800).media("light", "print").open(fat).keepPicture("fat-print");
        browser.open(drifting).keepPicture("trend-print");
    }

    private static void open(SampleAudit audit, String name) {
        try {
            browser.open(audit.render(directory.resolve(name), "html").resolve(HtmlReport.FILE));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static WebElement cell(String start) {
        return browser.find(".treemap button[aria-label^='" + start + "']");
    }

    private static String crumbs() {
        return browser.all(".crumbs li").stream().map(WebElement::getText).collect(Collectors.joining(" / "));
    }

    private static String background() {
        return (String) browser.script("return getComputedStyle(document.body).backgroundColor");
    }
}
