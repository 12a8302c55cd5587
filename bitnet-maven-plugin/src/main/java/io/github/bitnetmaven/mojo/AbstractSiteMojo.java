package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.mojo.site.SitePage;
import java.io.File;
import java.util.Locale;
import org.apache.maven.doxia.sink.Sink;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.reporting.MavenReport;
import org.apache.maven.reporting.MavenReportException;

/** A page of the Maven site, as maven-site-plugin from 3.20.0 on, with Doxia 2, wants to be told of it. */
abstract class AbstractSiteMojo extends AbstractBitnetMojo implements MavenReport {
    /** The name of the page, and of the directory for what lies beside it. */
    static final String PAGE = "bitnet";

    @Parameter(defaultValue = "${project.reporting.outputDirectory}", readonly = true, required = true)
    private File siteDirectory;

    /** Whether there is something to show; else it says why not. */
    abstract boolean hasPage() throws BitnetException;

    /** Writes the page. */
    abstract void page(Sink sink) throws BitnetException;

    @Override
    public final boolean canGenerateReport() throws MavenReportException {
        try {
            return hasPage();
        } catch (BitnetException e) {
            throw new MavenReportException(e.getMessage(), e);
        }
    }

    @Override
    public final void generate(Sink sink, Locale locale) throws MavenReportException {
        try {
            page(sink);
        } catch (BitnetException e) {
            throw new MavenReportException(e.getMessage(), e);
        }
    }

    /** Deprecated, but the interface leaves no choice: what replaces it calls it. */
    @Override
    @SuppressWarnings("deprecation")
    public final String getOutputName() {
        return PAGE;
    }

    @Override
    public final String getCategoryName() {
        return CATEGORY_PROJECT_REPORTS;
    }

    @Override
    public final String getName(Locale locale) {
        return SitePage.TITLE;
    }

    @Override
    public final String getDescription(Locale locale) {
        return "Sizes, layers, budgets and findings of the container image.";
    }

    @Override
    public final void setReportOutputDirectory(File directory) {
        siteDirectory = directory;
    }

    @Override
    public final File getReportOutputDirectory() {
        return siteDirectory;
    }

    @Override
    public final boolean isExternalReport() {
        return false;
    }
}
