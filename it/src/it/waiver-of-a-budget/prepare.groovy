import io.github.bitnetmaven.it.FixedImage
import java.time.LocalDate
import java.time.ZoneOffset

FixedImage.build('bitnet-it/waiver-of-a-budget:1.0', basedir.toPath())
def today = LocalDate.now(ZoneOffset.UTC)
def pom = new File(basedir, 'pom.xml')
pom.text = pom.text
    .replace('IN_TEN_DAYS', today.plusDays(10).toString())
    .replace('YESTERDAY', today.minusDays(1).toString())
    .replace('IN_TWO_YEARS', today.plusYears(2).toString())
true
