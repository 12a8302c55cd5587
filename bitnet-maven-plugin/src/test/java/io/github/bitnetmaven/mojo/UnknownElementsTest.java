package io.github.bitnetmaven.mojo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bitnetmaven.configuration.ConfigurationException;
import java.io.StringReader;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class UnknownElementsTest {
    private final Plugin plugin = new Plugin();

    @Test
    void elementsOfAnyGoalAreKnown() throws Exception {
        plugin.setConfiguration(dom("<configuration><image/><budgets/></configuration>"));
        assertThatCode(() -> unknown("default").refuse()).doesNotThrowAnyException();
    }

    @Test
    void aMisspeltElementIsRefusedWithTheNearestName() throws Exception {
        plugin.setConfiguration(dom("<configuration><budget/></configuration>"));
        assertThatThrownBy(() -> unknown("default").refuse())
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("<budget> in the <configuration> of bitnet-maven-plugin is not known. Did you mean"
                        + " <budgets>?");
    }

    @Test
    void onlyTheExecutionThatRunsIsLookedAt() throws Exception {
        PluginExecution execution = new PluginExecution();
        execution.setId("gate");
        execution.setConfiguration(dom("<configuration><whatever/></configuration>"));
        plugin.addExecution(execution);
        assertThatCode(() -> unknown("default").refuse()).doesNotThrowAnyException();
        assertThatThrownBy(() -> unknown("gate").refuse())
                .hasMessage("<whatever> in the <configuration> of bitnet-maven-plugin is not known. Take it out, or"
                        + " look the name up with bitnet:help -Ddetail.");
    }

    private UnknownElements unknown(String execution) throws Exception {
        PluginDescriptor descriptor = new PluginDescriptor();
        descriptor.addMojo(goal(descriptor, "build", "image"));
        descriptor.addMojo(goal(descriptor, "check", "budgets"));
        MojoExecution mojoExecution = new MojoExecution(descriptor.getMojos().get(0), execution);
        mojoExecution.getMojoDescriptor().getPluginDescriptor().setPlugin(plugin);
        return new UnknownElements(mojoExecution);
    }

    private static MojoDescriptor goal(PluginDescriptor descriptor, String name, String parameter) throws Exception {
        MojoDescriptor goal = new MojoDescriptor();
        goal.setGoal(name);
        goal.setImplementation(name);
        goal.setPluginDescriptor(descriptor);
        Parameter declared = new Parameter();
        declared.setName(parameter);
        goal.addParameter(declared);
        return goal;
    }

    private static Xpp3Dom dom(String xml) throws Exception {
        return Xpp3DomBuilder.build(new StringReader(xml));
    }
}
