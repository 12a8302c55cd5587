package io.github.bitnetmaven.report.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bitnetmaven.BitnetException;
import io.github.bitnetmaven.audit.TestImage;
import io.github.bitnetmaven.report.SampleAudit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JUnitReportTest {
    @TempDir
    Path directory;

    private SampleAudit sample;

    @BeforeEach
    void sample() {
        sample = new SampleAudit(directory);
    }

    @Test
    void aBudgetIsATestCase() throws BitnetException, IOException {
        sample.reports("junit").write(SampleAudit.small());

        assertThat(sample.text("TEST-bitnet.xml"))
                .isEqualTo(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <testsuite name="bitnet acme/bitnet:1.0" time="0" tests="3" errors="0" skipped="1" failures="1">
                          <properties>
                            <property name="image" value="acme/bitnet:1.0"/>
                            <property name="id" value="sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"/>
                            <property name="platform" value="linux/amd64"/>
                            <property name="unpackedBytes" value="12500000"/>
                            <property name="withoutModelBytes" value="3500000"/>
                            <property name="wastedBytes" value="0"/>
                          </properties>
                          <testcase name="image" classname="bitnet.budgets" time="0">
                            <system-out>The image acme/bitnet:1.0 has 12.5 MB, which is 1.39 GB less than its budget image of 1.4 GB.
                        </system-out>
                          </testcase>
                          <testcase name="withoutModel" classname="bitnet.budgets" time="0">
                            <failure message="The image acme/bitnet:1.0 has 3.5 MB without its model, which is 500 kB more than its budget withoutModel of 3 MB." type="budget">The image acme/bitnet:1.0 has 3.5 MB without its model, which is 500 kB more than its budget withoutModel of 3 MB.</failure>
                            <system-out>The image acme/bitnet:1.0 has 3.5 MB without its model, which is 500 kB more than its budget withoutModel of 3 MB.
                        2 MB  /usr/lib/libc.so  layer 0  ADD file:1f /
                        1.5 MB  /var/lib/apt/lists/x  layer 2  RUN apt-get update
                        </system-out>
                          </testcase>
                          <testcase name="paths /var/lib/apt/**" classname="bitnet.budgets" time="0">
                            <skipped message="Only a warning: In acme/bitnet:1.0, the one file that matches /var/lib/apt/** has 1.5 MB, which is 500 kB more than its budget paths of 1 MB.">Only a warning: In acme/bitnet:1.0, the one file that matches /var/lib/apt/** has 1.5 MB, which is 500 kB more than its budget paths of 1 MB.</skipped>
                            <system-out>In acme/bitnet:1.0, the one file that matches /var/lib/apt/** has 1.5 MB, which is 500 kB more than its budget paths of 1 MB.
                        1.5 MB  /var/lib/apt/lists/x  layer 2  RUN apt-get update
                        </system-out>
                          </testcase>
                        </testsuite>
                        """);
    }

    @Test
    void anAuditThatCouldNotBeDoneIsAnError() throws BitnetException, IOException {
        sample.reports("junit").writeFailed("acme/x:1", "Cannot audit acme/x:1: no <layers>.\u0000");

        assertThat(sample.text("TEST-bitnet.xml"))
                .isEqualTo(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <testsuite name="bitnet acme/x:1" time="0" tests="1" errors="1" skipped="0" failures="0">
                          <properties>
                            <property name="image" value="acme/x:1"/>
                          </properties>
                          <testcase name="audit" classname="bitnet.budgets" time="0">
                            <error message="Cannot audit acme/x:1: no &lt;layers&gt;.?">Cannot audit acme/x:1: no &lt;layers&gt;.?</error>
                          </testcase>
                        </testsuite>
                        """);
    }

    @Test
    void twoBudgetsOfOneNameAreTwoTestCases() throws BitnetException, IOException {
        TestImage image = new TestImage();
        image.layer("RUN x").file("a", 1);
        String path = "<path><includes><include>/a</include></includes><maximum>1B</maximum></path>";

        sample.reports("junit").write(SampleAudit.audit(image, "<paths>" + path + path + "</paths>", List.of()));

        assertThat(sample.text("TEST-bitnet.xml"))
                .contains("<testcase name=\"paths /a\" ", "<testcase name=\"paths /a (2)\" ");
    }
}
