package io.github.bitnetmaven.mojo;

import io.github.bitnetmaven.configuration.ConfigurationException;
import io.github.bitnetmaven.configuration.Problems;
import io.github.bitnetmaven.configuration.Spelling;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Refuses elements of the plugin's {@code <configuration>} that no goal knows: Maven ignores them, and a misspelt {@code
 * <budgets>} would gate nothing. (Deeper elements are refused by Maven itself.)
 */
final class UnknownElements {
    private final MojoExecution execution;

    UnknownElements(MojoExecution execution) {
        this.execution = execution;
    }

    void refuse() throws ConfigurationException {
        Set<String> known = new TreeSet<>();
        for (MojoDescriptor goal :
                execution.getMojoDescriptor().getPluginDescriptor().getMojos()) {
            if (goal.getParameters() != null) {
                for (Parameter parameter : goal.getParameters()) {
                    known.add(parameter.getName());
                }
            }
        }
        Problems problems = new Problems();
        Plugin plugin = execution.getPlugin();
        check(plugin.getConfiguration(), known, problems);
        for (PluginExecution each : plugin.getExecutions()) {
            if (each.getId().equals(execution.getExecutionId())) {
                check(each.getConfiguration(), known, problems);
            }
        }
        problems.throwIfAny();
    }

    private void check(Object configuration, Set<String> known, Problems problems) {
        if (!(configuration instanceof Xpp3Dom dom)) {
            return;
        }
        for (Xpp3Dom child : dom.getChildren()) {
            String name = child.getName();
            if (!known.contains(name)) {
                String hint = Spelling.nearest(name, known)
                        .map(nearest -> " Did you mean <" + nearest + ">?")
                        .orElse(" Take it out, or look the name up with bitnet:help -Ddetail.");
                problems.add("<" + name + "> in the <configuration> of bitnet-maven-plugin is not known." + hint);
            }
        }
    }
}
