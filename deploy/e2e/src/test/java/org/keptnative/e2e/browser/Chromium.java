package org.keptnative.e2e.browser;

import org.openqa.selenium.Dimension;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import java.io.File;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The Chromium that the system has, without a window and with nothing in its memory. */
final class Chromium {

    private Chromium() {}

    /** @param profile a new folder */
    static ChromeDriver start(Path profile) {
        ChromeOptions options = new ChromeOptions();
        // Both given, Selenium looks for nothing and downloads nothing.
        options.setBinary(find("chromium"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + profile.toAbsolutePath());
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(find("chromedriver"))
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().window().setSize(new Dimension(1280, 1024));
        return driver;
    }

    private static File find(String program) {
        return Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getenv("PATH"))
                .map(folder -> new File(folder, program))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new AssertionError(program + " is not on the PATH, so nothing can be said about the"
                        + " pages. On Debian: apt-get install chromium chromium-driver"));
    }
}
