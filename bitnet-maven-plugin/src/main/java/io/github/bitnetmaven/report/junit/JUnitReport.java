package io.github.bitnetmaven.report.junit;

import io.github.bitnetmaven.audit.file.RecordedAudit;
import io.github.bitnetmaven.audit.measurement.Printable;
import io.github.bitnetmaven.audit.measurement.Sizes;
import io.github.bitnetmaven.audit.verdict.Contributor;
import io.github.bitnetmaven.audit.verdict.Verdict;
import io.github.bitnetmaven.configuration.ByteSize;
import io.github.bitnetmaven.report.format.Headline;
import io.github.bitnetmaven.report.format.Report;
import io.github.bitnetmaven.report.format.ReportSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * A test case for each budget, as Surefire writes test cases. Exceeded is a failure; exceeded at level WARN is skipped,
 * with the message, since a test cannot warn. An audit that could not be done is one test case with an error.
 *
 * @see <a href="https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd">the schema</a>
 */
public final class JUnitReport implements Report {
    private static final String FILE = "TEST-bitnet.xml";
    private static final int MAX_NAME = 300;

    @Override
    public String id() {
        return "junit";
    }

    @Override
    public List<String> files() {
        return List.of(FILE);
    }

    @Override
    public Draft draft(RecordedAudit audit, ReportSettings settings) {
        return out -> out.file(FILE, stream -> write(audit, stream));
    }

    private static void write(RecordedAudit audit, OutputStream out) throws IOException {
        try {
            XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
            new Suite(audit, xml).write();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** Writes the one suite. All texts went through {@link Printable}, so no character is one that XML cannot hold. */
    private static final class Suite {
        private final RecordedAudit audit;
        private final XMLStreamWriter xml;
        private final Map<String, Integer> names = new HashMap<>();

        Suite(RecordedAudit audit, XMLStreamWriter xml) {
            this.audit = audit;
            this.xml = xml;
        }

        void write() throws XMLStreamException {
            boolean done = audit.sizes() != null;
            xml.writeStartDocument("UTF-8", "1.0");
            line(0);
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "bitnet " + Printable.of(audit.image().name(), MAX_NAME));
            xml.writeAttribute("time", "0");
            xml.writeAttribute("tests", String.valueOf(done ? audit.verdicts().size() : 1));
            xml.writeAttribute("errors", done ? "0" : "1");
            xml.writeAttribute("skipped", count(Verdict::warns));
            xml.writeAttribute("failures", count(Verdict::fails));
            properties(audit.sizes());
            if (!done) {
                start("audit");
                problem("error", Headline.error(audit), null);
                end();
            }
            for (Verdict verdict : audit.verdicts()) {
                budget(verdict);
            }
            line(0);
            xml.writeEndElement();
            line(0);
            xml.writeEndDocument();
        }

        private String count(java.util.function.Predicate<Verdict> which) {
            return String.valueOf(audit.verdicts().stream().filter(which).count());
        }

        private void properties(@Nullable Sizes sizes) throws XMLStreamException {
            line(1);
            xml.writeStartElement("properties");
            property("image", audit.image().name());
            property("id", audit.image().id());
            property("platform", audit.image().platform());
            if (sizes != null) {
                property("unpackedBytes", String.valueOf(sizes.unpackedBytes()));
                property("withoutModelBytes", String.valueOf(sizes.withoutModelBytes()));
                property("wastedBytes", String.valueOf(sizes.wastedBytes()));
            }
            line(1);
            xml.writeEndElement();
        }

        private void property(String name, @Nullable String value) throws XMLStreamException {
            if (value != null) {
                line(2);
                xml.writeEmptyElement("property");
                xml.writeAttribute("name", name);
                xml.writeAttribute("value", Printable.of(value, MAX_NAME));
            }
        }

        private void budget(Verdict verdict) throws XMLStreamException {
            start(verdict.label());
            if (verdict.fails()) {
                problem("failure", verdict.message(), "budget");
            } else if (verdict.warns()) {
                problem("skipped", (verdict.isWaived() ? "" : "Only a warning: ") + verdict.message(), null);
            }
            StringBuilder text = new StringBuilder(verdict.message()).append('\n');
            for (Contributor file : verdict.contributors()) {
                text.append(ByteSize.print(file.bytes()))
                        .append("  /")
                        .append(Printable.of(file.path()))
                        .append("  layer ")
                        .append(file.layer())
                        .append("  ")
                        .append(audit.layers().get(file.layer()).instruction().text(MAX_NAME))
                        .append('\n');
            }
            line(2);
            xml.writeStartElement("system-out");
            xml.writeCharacters(text.toString());
            xml.writeEndElement();
            end();
        }

        /** Names that are there twice get a number: build servers would take them for one test. */
        private void start(String name) throws XMLStreamException {
            int number = names.merge(name, 1, Integer::sum);
            line(1);
            xml.writeStartElement("testcase");
            xml.writeAttribute("name", Printable.of(name, MAX_NAME) + (number == 1 ? "" : " (" + number + ")"));
            xml.writeAttribute("classname", "bitnet.budgets");
            xml.writeAttribute("time", "0");
        }

        private void problem(String element, String message, @Nullable String type) throws XMLStreamException {
            line(2);
            xml.writeStartElement(element);
            xml.writeAttribute("message", message);
            if (type != null) {
                xml.writeAttribute("type", type);
            }
            xml.writeCharacters(message);
            xml.writeEndElement();
        }

        private void end() throws XMLStreamException {
            line(1);
            xml.writeEndElement();
        }

        private void line(int depth) throws XMLStreamException {
            xml.writeCharacters("\n" + "  ".repeat(depth));
        }
    }
}
