package io.github.bitnetmaven.mojo;

import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.Parameter;

/** What all goals share. */
abstract class AbstractBitnetMojo extends AbstractMojo {
    /** Skips every goal of this plugin. */
    @Parameter(property = "bitnet.skip", defaultValue = "false")
    boolean skip;
}
