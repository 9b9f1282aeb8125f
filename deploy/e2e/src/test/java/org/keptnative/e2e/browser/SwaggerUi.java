package org.keptnative.e2e.browser;

import org.openqa.selenium.By;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The Swagger UI, as a person uses it. */
final class SwaggerUi implements AutoCloseable {

    /** What came back from an operation. */
    record Answer(int status, String body) {}

    private static final By DOCUMENTS = By.cssSelector(".topbar select");

    private final ChromeDriver driver;
    private final WebDriverWait patience;
    private final Path screenshots;

    /** @param folder for the browser's profile and the screenshots */
    SwaggerUi(Path folder) {
        screenshots = folder;
        driver = Chromium.start(folder.resolve("profile"));
        patience = new WebDriverWait(driver, Duration.ofSeconds(30), Duration.ofMillis(100));
        patience.ignoring(StaleElementReferenceException.class);
    }

    void open(String url) {
        driver.get(url);
        awaitDocument();
    }

    String url() {
        return driver.getCurrentUrl();
    }

    /** What the drop-down offers. */
    List<String> documents() {
        return new Select(find(DOCUMENTS))
                .getOptions().stream().map(WebElement::getText).toList();
    }

    String document() {
        return find(By.cssSelector(".info .title")).getText();
    }

    void choose(String document) {
        new Select(find(DOCUMENTS)).selectByVisibleText(document);
        patience.until(d -> document().startsWith(document));
        awaitDocument();
    }

    void authorize(String token) {
        click(find(By.cssSelector(".auth-wrapper .authorize")));
        find(By.cssSelector(".auth-container input")).sendKeys(token);
        click(find(By.cssSelector(".auth-container button.authorize")));
        click(find(By.cssSelector(".auth-container button.btn-done")));
    }

    boolean isAuthorized() {
        return !driver.findElements(By.cssSelector(".auth-wrapper .authorize.locked"))
                .isEmpty();
    }

    /** Opens the operation, and executes it with the example and the defaults as they stand there. */
    Answer tryOut(String method, String path) {
        return tryOut(method, path, Map.of());
    }

    /** @param parameters by name; the others stay as they stand there */
    Answer tryOut(String method, String path, Map<String, String> parameters) {
        By operation = By.xpath("//div[contains(@class, 'opblock-%s')][.//*[@data-path='%s']]"
                .formatted(method.toLowerCase(java.util.Locale.ROOT), path));
        click(within(operation, ".opblock-summary-control"));
        click(within(operation, ".try-out__btn"));
        parameters.forEach((name, value) -> {
            WebElement field = within(operation, "tr[data-param-name='%s'] input".formatted(name));
            field.clear();
            field.sendKeys(value);
        });
        click(within(operation, ".execute"));
        String status = within(operation, ".live-responses-table tbody .response-col_status")
                .getText();
        String body = within(operation, ".live-responses-table tbody .response-col_description")
                .getText();
        scrollTo(within(operation, ".opblock-summary"));
        return new Answer(Integer.parseInt(status.lines().findFirst().orElseThrow()), body);
    }

    /** Leaves a picture among the results of the build. */
    void screenshot(String name) {
        try {
            Files.write(screenshots.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private void awaitDocument() {
        find(By.cssSelector(".opblock"));
    }

    private WebElement within(By operation, String css) {
        return await(() -> driver.findElement(operation).findElement(By.cssSelector(css)));
    }

    private WebElement find(By place) {
        return await(() -> driver.findElement(place));
    }

    private WebElement await(Supplier<WebElement> search) {
        return patience.until(d -> {
            WebElement element = search.get();
            return element.isDisplayed() ? element : null;
        });
    }

    private void click(WebElement element) {
        scrollTo(element);
        patience.until(d -> {
            element.click();
            return true;
        });
    }

    private void scrollTo(WebElement element) {
        ((JavascriptExecutor) driver).executeScript("arguments[0].scrollIntoView({block: 'start'})", element);
    }
}
