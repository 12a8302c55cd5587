package io.github.bitnetmaven.it.html;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A headless Chromium with a new profile, which chromedriver makes and removes. It notes what a page says and what it
 * asks the network for.
 */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    final ChromeDriver driver;

    Browser() {
        ChromeOptions options = new ChromeOptions();
        options.addArguments(
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
                "--window-size=1280,900");
        options.setBinary(onPath("chromium", "chromium-browser", "google-chrome"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(onPath("chromedriver"))
                .build();
        driver = new ChromeDriver(service, options);
    }

    private static File onPath(String... names) {
        for (String name : names) {
            for (String directory : System.getenv("PATH").split(File.pathSeparator)) {
                File file = new File(directory, name);
                if (file.canExecute()) {
                    return file;
                }
            }
        }
        throw new IllegalStateException("There is no " + String.join(" or ", names) + " on the path; run it/browser/ensure.");
    }

    /** Opens the page and waits until it is ready. */
    Browser open(Path page) {
        driver.get(page.toAbsolutePath().toUri().toString());
        waitFor("return document.documentElement.dataset.ready !== undefined");
        return this;
    }

    void waitFor(String condition) {
        new WebDriverWait(driver, Duration.ofSeconds(20)).until(any -> Boolean.TRUE.equals(driver.executeScript(condition)));
    }

    Browser width(int width) {
        driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
        return this;
    }

    /** As the system of the reader has it: {@code light} or {@code dark}; and on {@code screen} or in {@code print}. */
    Browser media(String scheme, String medium) {
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of(
                "media", medium, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Clicks the upper left corner, where nothing lies above it. */
    void clickCorner(WebElement element) {
        List<?> at = (List<?>) script("arguments[0].scrollIntoView({ block: 'start' });"
                + "const box = arguments[0].getBoundingClientRect(); return [Math.round(box.x) + 6, Math.round(box.y) + 6]", element);
        new Actions(driver).moveToLocation(((Number) at.get(0)).intValue(), ((Number) at.get(1)).intValue()).click().perform();
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Presses keys where the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Presses keys with Shift held down. */
    void pressWithShift(Keys key) {
        new Actions(driver).keyDown(Keys.SHIFT).sendKeys(key).keyUp(Keys.SHIFT).perform();
    }

    String focusedLabel() {
        WebElement focused = driver.switchTo().activeElement();
        String label = focused.getAttribute("aria-label");
        return label == null ? focused.getText() : label;
    }

    /** Keeps a picture of the whole page below {@code target/screenshots}. */
    void keepPicture(String name) throws IOException {
        waitFor("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
        Object data = driver.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "fromSurface", true)).get("data");
        Files.createDirectories(SCREENSHOTS);
        Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode((String) data));
    }

    /** What the page wrote to the console, errors and violations of its policy among it. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream().map(LogEntry::getMessage).toList();
    }

    /** The addresses that were asked for, the page itself among them. */
    List<String> requests() throws IOException {
        List<String> requests = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
            JsonNode message = JSON.readTree(entry.getMessage()).path("message");
            if (message.path("method").asText().equals("Network.requestWillBeSent")) {
                requests.add(message.path("params").path("request").path("url").asText());
            }
        }
        return requests;
    }

    @Override
    public void close() {
        driver.quit();
    }
}
