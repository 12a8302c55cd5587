package io.github.bitnetmaven.audit;

import io.github.bitnetmaven.configuration.BudgetsParameters;
import java.io.StringReader;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;

/** Fills the beans from XML the way Maven does. */
public final class Xml {
    private Xml() {}

    /**
     * @param elements what stands in {@code <budgets>}
     */
    public static BudgetsParameters budgets(String elements) {
        try {
            BudgetsParameters parameters = new BudgetsParameters();
            new BasicComponentConfigurator()
                    .configureComponent(
                            parameters,
                            new XmlPlexusConfiguration(
                                    Xpp3DomBuilder.build(new StringReader("<budgets>" + elements + "</budgets>"))),
                            new ClassWorld(
                                            "test", Thread.currentThread().getContextClassLoader())
                                    .getRealm("test"));
            return parameters;
        } catch (Exception e) {
            throw new IllegalArgumentException(e);
        }
    }
}
